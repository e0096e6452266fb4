package dev.lintel.mesh.verify;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** Which objects say what a probe did not find: those without which the model would answer it otherwise. */
final class Blame {
    private static final int MOST = 5;
    private static final Draw FIRST = bound -> 0;

    private final Dialect dialect;
    private final MeshModel model;
    private final Set<String> written;

    Blame(Dialect dialect, MeshModel model, List<Manifest> written) {
        this.dialect = dialect;
        this.model = model;
        this.written = written.stream().map(Manifest::id).collect(Collectors.toSet());
    }

    /** Objects that were written, named as plans do, five at most. */
    List<String> of(Probe probe) {
        Optional<ApiModel> api = model.api(probe.api());
        if (api.isEmpty()) {
            return List.of();
        }
        List<Manifest> own = dialect.write(new MeshModel(List.of(api.get()))).manifests().stream()
                .filter(each -> written.contains(each.id()))
                .toList();
        List<String> all = without(own, probe, (before, after) -> passes(before) != passes(after));
        if (all.isEmpty()) {
            all = without(own, probe, (before, after) -> !reason(before).equals(reason(after)) && isReached(after));
        }
        return (all.isEmpty() ? own.stream().map(Manifest::id).toList() : all)
                .stream().limit(MOST).toList();
    }

    private List<String> without(List<Manifest> own, Probe probe, BiPredicate<Decision, Decision> differ) {
        Decision whole = decide(own, probe);
        List<String> found = new ArrayList<>();
        for (Manifest each : own) {
            List<Manifest> rest = new ArrayList<>(own);
            rest.remove(each);
            if (differ.test(whole, decide(rest, probe))) {
                found.add(each.id());
            }
        }
        return found;
    }

    /** Where nobody names an issuer, a mesh does not look at tokens. */
    private Decision decide(List<Manifest> manifests, Probe probe) {
        MeshModel read = dialect.read(manifests).model();
        boolean judged = read.api(probe.api())
                .filter(api -> !api.entry().access().issuers().isEmpty())
                .isPresent();
        return Evaluator.of(read)
                .explain(judged ? probe.decided() : probe.decided().token(Token.NONE), FIRST)
                .decision();
    }

    private static boolean passes(Decision decision) {
        return !(decision instanceof Decision.Refuse);
    }

    /** Without its route a request is refused too, but no rule says so. */
    private static boolean isReached(Decision decision) {
        return !(decision instanceof Decision.Refuse refuse) || refuse.reason() != Reason.UNKNOWN_HOST;
    }

    private static String reason(Decision decision) {
        return decision instanceof Decision.Refuse refuse ? refuse.reason().name() : "";
    }
}
