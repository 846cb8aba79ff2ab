package com.medspasync.functions.queue;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.timer.KeyRotationTimer;
import com.microsoft.azure.functions.ExecutionContext;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeyRotationWorkerTest {

    private final ExecutionContext context = new TestContext();

    @Test
    void rotate_messageThatIsNoId_isDropped() {
        assertThatCode(() -> new KeyRotationWorker(null).rotate("'; drop table clients", context))
                .doesNotThrowAnyException();
    }

    @Test
    void rotate_inAnAppThatDoesNoMaintenance_leavesTheMessageForOthers() {
        assertThatThrownBy(() ->
                        new KeyRotationWorker(null).rotate(UUID.randomUUID().toString(), context))
                .isInstanceOf(IllegalStateException.class)
                .hasNoCause();
        assertThatThrownBy(() -> new KeyRotationTimer(null).look("", context))
                .isInstanceOf(IllegalStateException.class);
    }
}
