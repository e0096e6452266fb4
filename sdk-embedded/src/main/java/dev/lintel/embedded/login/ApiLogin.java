package dev.lintel.embedded.login;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.model.LoginRule;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The login in front of one API. Safe for use by many threads; blocks none that calls. */
public final class ApiLogin implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApiLogin.class);

    private final LoginRule rule;
    private final CookieKeys keys;
    private final Provider provider;
    private final SessionStore store;
    private final Journey journey;
    private final Executor executor;
    private final Semaphore strangers;

    ApiLogin(
            String api,
            LoginRule rule,
            Claims claims,
            Memory memory,
            SecretReader secrets,
            Executor executor,
            Semaphore strangers,
            InstantSource clock) {
        SecureRandom random = new SecureRandom();
        Seal seal = new Seal(api, rule);
        this.rule = rule;
        this.executor = executor;
        this.strangers = strangers;
        this.keys = new CookieKeys(rule.keys(), secrets, executor, clock);
        this.provider = new Provider(rule, claims, secrets, clock, random);
        Renewals.Exchange exchange = session -> {
            Renewals.Answer answer = provider.renew(session);
            if (answer.ended()) {
                memory.revocations().session(session, clock.millis());
            } else if (answer.session() != null && memory.revocations().isEnded(session)) {
                // The user has logged out meanwhile, and gave back the token before.
                provider.revoke(answer.session());
            }
            return answer;
        };
        this.store = new SessionStore(rule, seal, keys, memory, exchange, clock, random);
        Attempts attempts = new Attempts(rule.cookie(), seal, clock, random);
        this.journey = new Journey(rule, provider, store, attempts, memory.revocations(), clock);
    }

    /** What was said. */
    public LoginRule rule() {
        return rule;
    }

    /** Who sends a request, as its cookies say; completed at once where nothing must be had for it first. */
    public CompletionStage<Entrance> enter(Request request) {
        return store.enter(request);
    }

    /** Answers a request in place of the service. */
    public CompletionStage<LoginAnswer> answer(LoginRule.Step step, Request request, Entrance entrance, String body) {
        LoginAnswer refused = unfit(step, request.method());
        if (refused != null) {
            return CompletableFuture.completedFuture(refused);
        }
        return keys.load().thenCompose(ring -> {
            CompletableFuture<LoginAnswer> answer = new CompletableFuture<>();
            if (ring == null) {
                answer.complete(LoginPages.unavailable());
                return answer;
            }
            boolean limited = isForStrangers(step);
            if (limited && !strangers.tryAcquire()) {
                answer.complete(LoginPages.unavailable());
                return answer;
            }
            try {
                executor.execute(() -> {
                    LoginAnswer made;
                    try {
                        made = safely(() -> journey.answer(step, request, entrance.session(), ring, body));
                    } finally {
                        if (limited) {
                            strangers.release();
                        }
                    }
                    answer.complete(made);
                });
            } catch (RejectedExecutionException e) {
                if (limited) {
                    strangers.release();
                }
                answer.complete(LoginPages.unavailable());
            }
            return answer;
        });
    }

    /** Anybody can have the provider asked for these, so they leave room for who has logged in, while it is slow. */
    private static boolean isForStrangers(LoginRule.Step step) {
        return switch (step) {
            case NEEDED, START, CALLBACK -> true;
            case SIGN_OUT, BACK_CHANNEL, USER_INFO, UNKNOWN -> false;
        };
    }

    private interface Work {
        LoginAnswer answer();
    }

    /** The message of what goes wrong unexpectedly may quote a secret, so only its name is logged. */
    private static LoginAnswer safely(Work work) {
        try {
            return work.answer();
        } catch (RuntimeException e) {
            LOG.error(
                    "A login failed because of a fault in here: {}",
                    e.getClass().getName());
            return LoginPages.refused(500, "");
        }
    }

    private static @Nullable LoginAnswer unfit(LoginRule.Step step, String method) {
        String allowed = switch (step) {
            case BACK_CHANNEL -> "POST";
            case SIGN_OUT -> "GET, HEAD, POST";
            default -> "GET, HEAD";
        };
        return List.of(allowed.split(", ", -1)).contains(method)
                        || step == LoginRule.Step.UNKNOWN
                        || step == LoginRule.Step.NEEDED
                ? null
                : LoginAnswer.problem(405, "this takes " + allowed).header("Allow", allowed);
    }

    /** What the service gets to know, and what the answer sets. */
    public Passport passport(Entrance entrance, boolean bearer, HostFields fields) {
        return new Passport(rule, entrance, bearer, fields);
    }

    @Override
    public void close() {
        provider.close();
    }
}
