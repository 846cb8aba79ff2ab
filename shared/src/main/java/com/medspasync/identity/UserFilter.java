package com.medspasync.identity;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which users a list shows.
 *
 * @param role only those; null for any
 * @param active only those who may log in, or who may not; null for both
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record UserFilter(
        @Nullable Role role,
        @Nullable Boolean active,
        UserOrder order,
        int top,
        @Nullable String cursor) {

    public UserFilter {
        Paging.requireTop(top);
    }

    /** Reads the parameters of a query about {@code practice}. */
    public static Parsed<UserFilter> read(Fields in, PracticeId practice) {
        Role role = in.choice("role", Role.class).then(UserRole.of(practice)).optional();
        Boolean active = in.flag("active").optional();
        UserOrder order = in.text("orderby", 40).then(UserOrder::parse).or(UserOrder.EMAIL_ASCENDING);
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        return in.finish(() -> new UserFilter(role, active, order, top, cursor));
    }

    /** What is asked, on any of its pages: a cursor goes with it. */
    String question() {
        return "users " + order.text() + " " + role + " " + active;
    }

    /** By what it narrows, without by which values: what the audit keeps. */
    List<String> criteria() {
        List<String> kinds = new ArrayList<>();
        if (role != null) {
            kinds.add("role");
        }
        if (active != null) {
            kinds.add("active");
        }
        return kinds;
    }
}
