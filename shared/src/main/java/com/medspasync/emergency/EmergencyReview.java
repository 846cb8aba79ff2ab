package com.medspasync.emergency;

import com.medspasync.emergency.EmergencyAccess.Verdict;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import org.jspecify.annotations.Nullable;

/** What somebody who looked at what was done found. */
public record EmergencyReview(Verdict verdict, @Nullable String note) {

    private static final int MAX_NOTE = 1000;

    /** Reads a body, and finds everything that is wrong with it. */
    public static Parsed<EmergencyReview> read(Fields in) {
        Given<Verdict> verdict = in.choice("verdict", Verdict.class).required();
        String note = in.lines("note", MAX_NOTE).optional();
        return in.finish(() -> new EmergencyReview(verdict.value(), note));
    }

    /** Without the note, which may be about a person. */
    @Override
    public String toString() {
        return "EmergencyReview[" + verdict + "]";
    }
}
