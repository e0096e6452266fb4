package dev.lintel.embedded;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.embedded.Workload.function;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Plan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway goes back to the model before an apply, and to no other. */
class RollbackTest {
    private final Gateway gateway = Gateway.start();

    @AfterEach
    void close() {
        gateway.close();
    }

    private Applied header(String value) {
        gateway.workload("orders.shop", function(request -> Reply.ok("ok")));
        return gateway.apply(
                gateway.plan(Said.orders().setResponseHeader("x-model", value).define()));
    }

    private String header() {
        return Raw.get(gateway, "/").header("x-model");
    }

    @Test
    void goesBackAndTwiceIsOnce() {
        header("old");
        Applied applied = header("new");
        assertThat(header()).isEqualTo("new");

        Plan done = applied.rollback();

        assertThat(header()).isEqualTo("old");
        assertThat(done.isEmpty()).isFalse();
        assertThat(applied.rollback().isEmpty()).isTrue();
        assertThat(header()).isEqualTo("old");
    }

    @Test
    void workloadsAreNoPartOfIt() {
        header("old");
        Applied applied = header("new");
        gateway.workload("orders.shop", function(request -> Reply.ok("another")));

        applied.rollback();

        assertThat(header()).isEqualTo("old");
        assertThat(Raw.get(gateway, "/").body()).isEqualTo("another");
    }

    @Test
    void aLaterApplyIsNotUndone() {
        Applied first = header("old");
        Applied second = header("new");

        assertThatThrownBy(first::rollback)
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining(
                        "rollback.moved " + gateway + ": was brought to 'model 1', but is at 'model 2' now");
        assertThat(header()).isEqualTo("new");

        second.rollback();
        assertThatThrownBy(first::rollback).hasMessageContaining("is at 'model 3' now");
        assertThat(header()).isEqualTo("old");
    }

    @Test
    void whatWasClosedIsOpenedForAReasonOnly() {
        gateway.workload("orders.shop", function(request -> Reply.ok("ok")));
        gateway.apply(gateway.plan(Said.orders().define()));
        Applied closing = gateway.apply(gateway.plan(Said.orders()
                .withOAuth2(oauth2("https://id.example").audience("orders"))
                .define()));
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(401);

        assertThat(closing.undo().plan().widens()).isTrue();
        assertThatThrownBy(closing::rollback).hasMessageContaining("rollback.widens");
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(401);

        closing.undo().allowWidening("callers have no tokens yet").rollback();
        assertThat(Raw.get(gateway, "/").status()).isEqualTo(200);
    }
}
