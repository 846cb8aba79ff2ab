package com.medspasync.functions.timer;

import com.medspasync.functions.fault.Faults;
import com.medspasync.shredding.Certification;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.util.logging.Level;
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
        if (certification == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            certification.run();
        } catch (RuntimeException e) {
            context.getLogger().log(Level.SEVERE, "certification-failed {0}", Faults.describe(e));
            throw new IllegalStateException("the next run tries again");
        }
    }
}
