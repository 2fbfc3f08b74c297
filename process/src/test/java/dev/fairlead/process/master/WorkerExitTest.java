package dev.fairlead.process.master;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.worker.WorkerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerExitTest {
    private final ManagedWorker worker = new ManagedWorker(new WorkerId("shop", 1, 4), 0, 0);

    WorkerExitTest() {
        worker.pid(4123);
    }

    @ParameterizedTest
    @CsvSource({
        "signal, 9, was killed by SIGKILL, true",
        "signal, 15, was killed by SIGTERM, true",
        "signal, 11, was killed by SIGSEGV, false",
        "signal, 6, was killed by SIGABRT, false",
        "signal, 64, was killed by signal 64, false",
        "exit, 0, ended with status 0, true",
        "exit, 3, ended with status 3, false",
        "unknown, 0, ended, false",
    })
    void whatEndsAWorkerFromOutsideIsNotItsRequestsFault(String how, int code, String said, boolean isRetryable) {
        WorkerExit exit = new WorkerExit(how, code);
        assertThat(exit.end(worker, false).cause()).isEqualTo("worker 4123 (shop#4) " + said);
        assertThat(exit.end(worker, false).retryable()).isEqualTo(isRetryable);
    }

    @Test
    void noRequestIsBlamedForTheEndOfAWorkerThatWasToldTo() {
        assertThat(new WorkerExit("exit", 1).end(worker, true).retryable()).isTrue();
    }

    @Test
    void theFirstReasonTheMasterHadIsTheOneThatIsSaid() {
        worker.verdict("GET /report took longer than 30 s");
        worker.verdict("it was told to end and did not");
        assertThat(new WorkerExit("signal", 9).cause(worker))
                .isEqualTo("worker 4123 (shop#4) was killed: GET /report took longer than 30 s");
    }
}
