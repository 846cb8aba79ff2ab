package com.medspasync.maskedcopy;

import com.medspasync.crypto.Secret;
import com.medspasync.tenant.Caller;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One turn's work on one copy. For one thread. */
final class Copying {

    private final TableReader reader;
    private final CopyWriter writer;
    private final Caller practice;
    private final Pseudonyms pseudonyms;
    private final Map<CopiedTable, RowMasker> maskers = new EnumMap<>(CopiedTable.class);
    private final long order;
    private final long fence;
    private final CopyPace pace;

    /**
     * A turn.
     *
     * @param practice the platform at work for the practice that is copied
     * @param today of the copy's beginning, so that every turn has the same
     * @param fence of the worker
     */
    Copying(
            TableReader reader,
            CopyWriter writer,
            BirthDates births,
            Caller practice,
            Secret secret,
            LocalDate today,
            long fence,
            CopyPace pace) {
        this.reader = reader;
        this.writer = writer;
        this.practice = practice;
        this.pseudonyms = new Pseudonyms(secret);
        MadeUp madeUp = new MadeUp(pseudonyms, new MadeUpNames(reader.taken(practice, MadeUpNames.all())));
        for (CopiedTable table : CopiedTable.values()) {
            maskers.put(table, new RowMasker(table, pseudonyms, madeUp, births, today));
        }
        this.order = pseudonyms.seed("order");
        this.fence = fence;
        this.pace = pace;
    }

    /** Brings the next block; where there are no more rows, makes the file of those there are. */
    Checkpoint step(Checkpoint at) {
        CopiedTable table = at.table();
        Block block = new Block(Objects.requireNonNull(maskers.get(table)), at.position(), at.rows(), pace.block());
        reader.read(practice, table, order, at.position(), pace.batch(), block);
        return block.rows() > 0 ? writer.bring(at, block, fence) : writer.finish(at);
    }

    /** Makes the files a copy. */
    void publish(Checkpoint at) {
        writer.publish(at, pseudonyms.id(Entity.PRACTICE, practice.practice().value()));
    }
}
