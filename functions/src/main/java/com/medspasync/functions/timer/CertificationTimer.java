package com.medspasync.functions.timer;

import com.medspasync.shredding.Certification;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/** Has the destruction of keys certified whose backups have expired. */
public final class CertificationTimer {

    private final @Nullable Certification certification;

    /** @param certification null in an app that does no maintenance, or could not be built */
    public CertificationTimer(@Nullable Certification certification) {
        this.certification = certification;
    }

    /** Every hour, at a quarter past. */
    @FunctionName("CertifyShreddings")
    public void certify(
            @TimerTrigger(name = "timer", schedule = "0 15 * * * *") String timer, ExecutionContext context) {
        Tick.of(certification, Certification::run, "certification", context);
    }
}
