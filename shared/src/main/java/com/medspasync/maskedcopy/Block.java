package com.medspasync.maskedcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.database.Row;
import java.io.ByteArrayOutputStream;

/** A part of a file: some lines, each an object in JSON (NDJSON). Not for several threads. */
final class Block {

    private static final ObjectWriter WRITER = new JsonMapper().writer();

    private final RowMasker masker;
    private final long before;
    private final int enough;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Position position;
    private int rows;

    /**
     * A block that goes on from a position.
     *
     * @param before how many rows the file has before it
     * @param enough with how many bytes it takes no more rows
     */
    Block(RowMasker masker, Position position, long before, int enough) {
        this.masker = masker;
        this.position = position;
        this.before = before;
        this.enough = enough;
    }

    /** Takes a row; false when the block is full, and the row is for the next one. */
    boolean add(Row row) {
        if (bytes.size() >= enough) {
            return false;
        }
        bytes.writeBytes(line(masker.mask(row, before + rows)));
        bytes.write('\n');
        position = new Position(row.bigint("place"), row.uuid("id"));
        rows++;
        return true;
    }

    private static byte[] line(ObjectNode masked) {
        try {
            return WRITER.writeValueAsBytes(masked);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a masked row cannot be written");
        }
    }

    Position position() {
        return position;
    }

    int rows() {
        return rows;
    }

    byte[] content() {
        return bytes.toByteArray();
    }
}
