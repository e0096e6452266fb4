package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.List;

/**
 * Tells that tokens may be read on their way to a gateway without TLS.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-5.3">RFC 6750, section 5.3</a>
 */
public final class PlainHttp {
    private PlainHttp() {}

    /**
     * What must be so where a gateway serves plain HTTP; told once, because one gateway serves all APIs.
     *
     * @param model whose tokens are sent to the gateway
     * @param code by which the dialect calls it
     * @param gateway what serves plain HTTP, in words
     * @param remedy what makes it serve HTTPS, in words
     * @return empty if no API asks for tokens
     */
    public static List<Problem> prerequisite(MeshModel model, String code, String gateway, String remedy) {
        List<ApiModel> asking = model.apis().stream()
                .filter(api -> !api.entry().access().issuers().isEmpty())
                .toList();
        if (asking.isEmpty()) {
            return List.of();
        }
        ApiModel first = asking.get(0);
        return List.of(new Problem(
                code,
                first.id(),
                "whoever is on the way can read the tokens that are sent to "
                        + first.entry().hosts()
                        + (asking.size() == 1 ? "" : " and to the hosts of other APIs") + ": " + gateway
                        + " serves plain HTTP",
                remedy + ", or let something in front of it end TLS",
                first.origin()));
    }
}
