package com.medspasync.functions.http;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list that has nothing to narrow it by.
 *
 * @param top how many on a page
 * @param cursor where the page begins; null for the first
 */
record PageQuery(int top, @Nullable String cursor) {

    static Parsed<PageQuery> read(Fields in) {
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        return in.finish(() -> new PageQuery(top, cursor));
    }
}
