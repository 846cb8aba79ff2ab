package com.medspasync.functions.queue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.timer.JobTimer;
import com.medspasync.functions.timer.NoticeTimer;
import com.microsoft.azure.functions.ExecutionContext;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JobTriggerTest {

    private final ExecutionContext context = new TestContext();
    private final JobTrigger trigger = new JobTrigger("jobs", null);

    @Test
    void run_messageThatIsNoId_isDropped() {
        assertThatCode(() -> trigger.run("'; drop table clients", context)).doesNotThrowAnyException();
    }

    @Test
    void run_inAnAppThatDoesNoMaintenance_leavesTheMessageForOthers() {
        assertThatThrownBy(() -> trigger.run(UUID.randomUUID().toString(), context))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause();
        assertThatThrownBy(() -> new JobTimer(null).look("", context)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new NoticeTimer(null).look("", context)).isInstanceOf(IllegalStateException.class);
    }
}
