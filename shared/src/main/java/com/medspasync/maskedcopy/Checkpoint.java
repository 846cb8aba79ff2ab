package com.medspasync.maskedcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.input.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a copy is: all that a worker has to know to go on with it.
 *
 * @param position up to where the table is read whose turn it is
 * @param rows how many rows of it are in blocks
 * @param blocks its blocks, by who brought them
 * @param files those that are finished
 */
record Checkpoint(Position position, long rows, List<Run> blocks, List<CopiedFile> files) {

    static final Checkpoint START = new Checkpoint(Position.START, 0, List.of(), List.of());

    private static final JsonMapper MAPPER = new JsonMapper();

    /**
     * Blocks that one holder of the copy brought. Their names carry its fence: what an earlier holder still brings after it has lost the copy takes the
     * place of none.
     *
     * @param count how many, named from 0 on
     */
    record Run(long fence, int count) {}

    Checkpoint {
        blocks = List.copyOf(blocks);
        files = List.copyOf(files);
    }

    static Checkpoint read(String json) {
        try {
            return MAPPER.readValue(json, Checkpoint.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checkpoint that was written here cannot be read");
        }
    }

    String toJson() {
        return Json.write(this);
    }

    boolean isAtTheEnd() {
        return files.size() == CopiedTable.ALL.size();
    }

    /** The table whose turn it is. */
    CopiedTable table() {
        return CopiedTable.ALL.get(files.size());
    }

    /** The name of the next block that the holder of {@code fence} brings. */
    String nextBlock(long fence) {
        return name(
                fence,
                !blocks.isEmpty() && blocks.getLast().fence() == fence
                        ? blocks.getLast().count()
                        : 0);
    }

    /** The names of all blocks, in order. */
    List<String> blockNames() {
        List<String> names = new ArrayList<>();
        for (Run run : blocks) {
            for (int number = 0; number < run.count(); number++) {
                names.add(name(run.fence(), number));
            }
        }
        return names;
    }

    private static String name(long fence, int number) {
        return "%010d-%06d".formatted(fence, number);
    }

    /** After a block that the holder of {@code fence} brought. */
    Checkpoint after(Block block, long fence) {
        List<Run> more = new ArrayList<>(blocks);
        if (!more.isEmpty() && more.getLast().fence() == fence) {
            Run last = more.removeLast();
            more.add(new Run(fence, last.count() + 1));
        } else {
            more.add(new Run(fence, 1));
        }
        return new Checkpoint(block.position(), rows + block.rows(), more, files);
    }

    /** After the table's last block. */
    Checkpoint after(CopiedFile file) {
        List<CopiedFile> more = new ArrayList<>(files);
        more.add(file);
        return new Checkpoint(Position.START, 0, List.of(), more);
    }
}
