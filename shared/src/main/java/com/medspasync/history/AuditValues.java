package com.medspasync.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.crypto.Envelope;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The values of columns as the audit keeps them: one JSON object, in which ciphertexts are written as PostgreSQL writes a bytea. */
public final class AuditValues {

    /** Amounts keep their decimals. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final String HEX = "\\x";

    private AuditValues() {}

    /** The values of a row of the audit; an empty object where it has none. */
    public static ObjectNode parse(@Nullable String json) {
        if (json == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // Without its message and cause, which quote the values.
            throw new IllegalStateException("a row of the audit is not JSON");
        }
    }

    /** The value of a column; null where there is none. */
    public static @Nullable JsonNode value(JsonNode values, String column) {
        JsonNode value = values.get(column);
        return value == null || value.isNull() ? null : value;
    }

    /** The ciphertext that {@code text} writes. */
    public static byte[] bytes(String text) {
        return HexFormat.of().parseHex(text.substring(HEX.length()));
    }

    static String text(byte[] bytes) {
        return HEX + HexFormat.of().formatHex(bytes);
    }

    /** How a ciphertext under a version of a key begins. */
    static String sealedUnder(int version) {
        return text(ByteBuffer.allocate(6)
                .put(Envelope.MAGIC)
                .put(Envelope.SUITE)
                .putInt(version)
                .array());
    }
}
