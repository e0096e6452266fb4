package dev.lintel.mesh.verify;

import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.MeshModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A data path that answers as some model does, an issuer whose tokens it knows, and time that passes for who waits. */
final class FakePlane implements DataPath, ProbeTokens, Pace {
    /** What was sent. */
    final List<ProbeRequest> sent = new ArrayList<>();
    /** What was told. */
    final List<String> told = new ArrayList<>();
    /** What happens while somebody waits. */
    Runnable meanwhile = () -> {};

    private final Map<String, Token> issued = new HashMap<>();
    private MeshModel inForce;
    private MeshModel before = MeshModel.EMPTY;
    private int kept;
    private long nanos;

    FakePlane(MeshModel inForce) {
        this.inForce = inForce;
    }

    /** Proxies take over another model. */
    void takeOver(MeshModel model) {
        inForce = model;
    }

    /** Some connections are kept on which what was in force before is asked once more. */
    void keeps(int connections, MeshModel older) {
        kept = connections;
        before = older;
    }

    @Override
    public ProbeAnswer send(ProbeRequest request) {
        sent.add(request);
        MeshModel judging = kept-- > 0 ? before : inForce;
        Secret token = request.token();
        RequestValue asked = RequestValue.of(request.method(), request.host(), request.path(), null);
        Decision decision = Evaluator.of(judging)
                .decide(
                        token == null
                                ? asked
                                : asked.token(issued.getOrDefault(token.reveal(), new Token.Rejected("unknown"))),
                        Draw.RANDOM);
        return decision instanceof Decision.Refuse refuse
                ? ProbeAnswer.of(refuse.status(), false)
                : ProbeAnswer.of(200, true);
    }

    @Override
    public Optional<Secret> token(Wish wish) {
        String text = "issued-" + issued.size();
        List<String> audiences = wish.audiences().stream().limit(1).toList();
        issued.put(
                text,
                switch (wish.kind()) {
                    case WRONG_AUDIENCE -> verified(wish, List.of("others"), wish.scopes());
                    case WRONG_SCOPE -> verified(wish, audiences, List.of());
                    case GOOD, FORMER -> verified(wish, audiences, wish.scopes());
                    default -> new Token.Rejected("expired");
                });
        return Optional.of(Secret.of(text));
    }

    private static Token verified(Wish wish, List<String> audiences, List<String> scopes) {
        Map<String, Object> claims =
                wish.kind() == ProbeKind.WRONG_SCOPE ? Map.of() : new LinkedHashMap<>(wish.claims());
        return new Token.Verified(wish.issuer(), "somebody", audiences, scopes, claims);
    }

    @Override
    public Instant day() {
        return Instant.parse("2026-01-01T00:00:00Z");
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void pause(Duration time) {
        nanos += time.toNanos();
        meanwhile.run();
    }

    @Override
    public void together(List<Runnable> tasks) {
        tasks.forEach(Runnable::run);
    }
}
