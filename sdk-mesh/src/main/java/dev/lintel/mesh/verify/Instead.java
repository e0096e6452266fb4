package dev.lintel.mesh.verify;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How requests would be answered if one API were another one, or were not there. */
final class Instead {
    private static final Draw FIRST = bound -> 0;

    private final @Nullable ApiModel api;
    private final Evaluator evaluator;

    /**
     * One API beside those at its hosts.
     *
     * @param beside those that have a host in common with it
     * @param api as it would be; null if it is not there
     */
    Instead(List<ApiModel> beside, @Nullable ApiModel api) {
        List<ApiModel> all = new ArrayList<>(beside);
        if (api != null) {
            all.add(api);
        }
        this.api = api;
        this.evaluator = Evaluator.of(new MeshModel(all));
    }

    /** The API as it would be; null if it is not there. */
    @Nullable
    ApiModel api() {
        return api;
    }

    /** Where nobody names an issuer, a mesh does not look at tokens. */
    Decision decide(RequestValue request) {
        boolean judged = api == null || !api.entry().access().issuers().isEmpty();
        return evaluator
                .explain(judged ? request : request.token(Token.NONE), FIRST)
                .decision();
    }
}
