package com.medspasync.masking;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one caller sees: what its role sees, and in full what that sees masked once the caller has stated a purpose. A field that is
 * withheld stays so. Immutable.
 */
public final class Sight {

    private static final Sight NOBODY = new Sight(null, false);
    private static final Map<Role, Sight> WITHOUT_PURPOSE = ofRoles(false);
    private static final Map<Role, Sight> WITH_PURPOSE = ofRoles(true);

    private final Map<ClientField, Visibility> visibilities = new EnumMap<>(ClientField.class);
    private final List<ClientField> withheld;
    private final List<ClientField> unmasked;

    private Sight(@Nullable Role role, boolean purpose) {
        List<ClientField> hidden = new ArrayList<>();
        List<ClientField> opened = new ArrayList<>();
        for (ClientField field : ClientField.values()) {
            Visibility visibility = Visibilities.of(role, field);
            if (visibility == Visibility.WITHHELD) {
                hidden.add(field);
            }
            if (visibility == Visibility.MASKED && purpose) {
                opened.add(field);
                visibility = Visibility.FULL;
            }
            visibilities.put(field, visibility);
        }
        this.withheld = List.copyOf(hidden);
        this.unmasked = List.copyOf(opened);
    }

    private static Map<Role, Sight> ofRoles(boolean purpose) {
        Map<Role, Sight> sights = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            sights.put(role, new Sight(role, purpose));
        }
        return sights;
    }

    public static Sight of(Caller caller) {
        Role role = caller.role();
        return role == null
                ? NOBODY
                : (caller.purpose() == null ? WITHOUT_PURPOSE : WITH_PURPOSE).getOrDefault(role, NOBODY);
    }

    public Visibility of(ClientField field) {
        return visibilities.getOrDefault(field, Visibility.WITHHELD);
    }

    /** The fields that are not shown, whether or not a record has them: that it has them is not shown either. */
    public List<ClientField> withheld() {
        return withheld;
    }

    /**
     * What the audit keeps, as details of a disclosure: which of the {@code shown} fields the caller sees in full only because it
     * stated a purpose, such as <code>{"unmasked": ["ssn"]}</code>; null when there are none. Never a value.
     */
    public @Nullable String unmasked(Set<ClientField> shown) {
        if (unmasked.isEmpty()) {
            return null;
        }
        String names = unmasked.stream()
                .filter(shown::contains)
                .map(field -> "\"" + field.text() + "\"")
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? null : "{\"unmasked\": [" + names + "]}";
    }
}
