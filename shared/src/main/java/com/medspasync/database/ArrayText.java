package com.medspasync.database;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's text form of an array (documentation, section 8.15.6). Arrays travel as text because the driver has no typed null for
 * them.
 */
final class ArrayText {

    private ArrayText() {}

    /** One dimension, each element quoted; a null element becomes NULL. */
    static String of(Collection<? extends @Nullable Object> elements) {
        StringBuilder text = new StringBuilder(2 + elements.size() * 40).append('{');
        for (Object element : elements) {
            if (text.length() > 1) {
                text.append(',');
            }
            if (element == null) {
                text.append("NULL");
            } else {
                quote(text, element.toString());
            }
        }
        return text.append('}').toString();
    }

    private static void quote(StringBuilder text, String element) {
        text.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\');
            }
            text.append(c);
        }
        text.append('"');
    }
}
