package com.medspasync.functions.timer;

import com.medspasync.notice.NoticeWatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/** Has notices delivered whose message was lost. */
public final class NoticeTimer {

    private final @Nullable NoticeWatch watch;

    /** @param watch null in an app that does no maintenance, or could not be built */
    public NoticeTimer(@Nullable NoticeWatch watch) {
        this.watch = watch;
    }

    /** Every minute: somebody may be waiting for theirs. */
    @FunctionName("NoticeWatch")
    public void look(@TimerTrigger(name = "timer", schedule = "30 * * * * *") String timer, ExecutionContext context) {
        Tick.of(watch, NoticeWatch::announceWaiting, "notice-watch", context);
    }
}
