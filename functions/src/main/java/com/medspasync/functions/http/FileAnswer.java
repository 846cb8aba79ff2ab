package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.ByteRange;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.maskedcopy.MaskedCopies;
import com.medspasync.maskedcopy.StoredFile;

/**
 * A file over HTTP, whole or a part of it. The Functions host takes an answer as one message that is held in memory on both sides, so that no answer
 * has more than {@link #MOST} bytes: a larger file is asked for by ranges, and a longer range is answered with its beginning.
 */
final class FileAnswer {

    /** In bytes. */
    static final int MOST = 4 << 20;

    private final MaskedCopies copies;
    private final StoredFile file;

    FileAnswer(MaskedCopies copies, StoredFile file) {
        this.copies = copies;
        this.file = file;
    }

    Answer to(Exchange exchange) {
        String etag = "\"" + file.tag() + "\"";
        // A range of what the caller has another version of is of no use to it (RFC 9110, section 13.1.5).
        boolean fits = exchange.header("if-range").map(etag::equals).orElse(true);
        ByteRange range =
                fits ? ByteRange.of(exchange.header("range").orElse(null), file.bytes()) : new ByteRange.Whole();
        Answer answer = switch (range) {
            case ByteRange.Part(long from, long length) -> part(from, (int) Math.min(length, MOST));
            case ByteRange.Unsatisfiable() ->
                Answer.problem(ProblemType.RANGE_NOT_SATISFIABLE, "The file has no such bytes.")
                        .header("Content-Range", "bytes */" + file.bytes());
            case ByteRange.Whole() -> whole(exchange);
        };
        return answer.status() < 300 ? answer.header("ETag", etag).header("Accept-Ranges", "bytes") : answer;
    }

    private Answer part(long from, int length) {
        byte[] content = copies.read(file, from, length);
        return Answer.part(
                mediaType(), content, "bytes %d-%d/%d".formatted(from, from + content.length - 1, file.bytes()));
    }

    private Answer whole(Exchange exchange) {
        if (file.bytes() > MOST) {
            throw exchange.invalid(
                    "Range", "required", "must ask for a part: an answer has at most " + MOST + " bytes");
        }
        return Answer.bytes(mediaType(), file.bytes() == 0 ? new byte[0] : copies.read(file, 0, (int) file.bytes()));
    }

    private String mediaType() {
        return file.name().endsWith(".ndjson") ? "application/x-ndjson" : "application/json";
    }
}
