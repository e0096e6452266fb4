package dev.lintel.extauthz.check;

import com.google.protobuf.BoolValue;
import com.google.rpc.Status;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.evaluate.Verdict.Edit;
import dev.lintel.core.evaluate.Verdict.Edit.Kind;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Edits;
import dev.lintel.embedded.authorizer.Edits.Side;
import dev.lintel.embedded.authorizer.IllegalEdit;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.QueryParameter;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.envoyproxy.envoy.service.auth.v3.DeniedHttpResponse;
import io.envoyproxy.envoy.service.auth.v3.OkHttpResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an authorizer says, as protobuf, and back. A header whose {@code append} is not said takes the place of what is there,
 * as Envoy has it for these messages.
 */
@SuppressWarnings("deprecation") // "append" is what servers say, OPA's plugin among them
final class Responses {
    private Responses() {}

    static CheckResponse allowed(Verdict.Allowed allowed) {
        OkHttpResponse.Builder ok = OkHttpResponse.newBuilder();
        for (Edit edit : allowed.request()) {
            switch (edit.kind()) {
                case REMOVE -> ok.addHeadersToRemove(edit.name());
                case SET_QUERY ->
                    ok.addQueryParametersToSet(
                            QueryParameter.newBuilder().setKey(edit.name()).setValue(edit.value()));
                case REMOVE_QUERY -> ok.addQueryParametersToRemove(edit.name());
                case SET, ADD, ADD_IF_ABSENT, SET_IF_PRESENT -> ok.addHeaders(option(edit));
            }
        }
        allowed.response().forEach(edit -> ok.addResponseHeadersToAdd(option(edit)));
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(Code.OK.value()))
                .setOkResponse(ok)
                .build();
    }

    static CheckResponse denied(Verdict.Denied denied) {
        DeniedHttpResponse.Builder no = DeniedHttpResponse.newBuilder()
                .setStatus(HttpStatus.newBuilder().setCodeValue(denied.status()))
                .setBody(denied.body());
        denied.headers().forEach(edit -> no.addHeaders(option(edit)));
        return CheckResponse.newBuilder()
                .setStatus(Status.newBuilder().setCode(Code.PERMISSION_DENIED.value()))
                .setDeniedResponse(no)
                .build();
    }

    private static HeaderValueOption.Builder option(Edit edit) {
        HeaderValueOption.Builder option = HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(edit.name()).setValue(edit.value()));
        return switch (edit.kind()) {
            case ADD -> option.setAppend(BoolValue.of(true));
            case ADD_IF_ABSENT -> option.setAppendAction(HeaderValueOption.HeaderAppendAction.ADD_IF_ABSENT);
            case SET_IF_PRESENT -> option.setAppendAction(HeaderValueOption.HeaderAppendAction.OVERWRITE_IF_EXISTS);
            case SET, REMOVE, SET_QUERY, REMOVE_QUERY -> option;
        };
    }

    /** An answer that does not say a status says nothing, and what both allows and denies denies. */
    static Answer read(CheckResponse response) {
        if (!response.hasStatus()) {
            return Answer.failed("its answer has no status");
        }
        boolean ok = response.getStatus().getCode() == Code.OK.value() && !response.hasDeniedResponse();
        Verdict verdict;
        try {
            verdict = ok ? ok(response.getOkResponse()) : no(response.getDeniedResponse());
        } catch (IllegalEdit e) {
            verdict = new Verdict.Failed(String.valueOf(e.getMessage()));
        }
        return new Answer(verdict, Structs.map(response.getDynamicMetadata()), "");
    }

    private static Verdict ok(OkHttpResponse ok) throws IllegalEdit {
        Edits request = new Edits(Side.REQUEST);
        for (HeaderValueOption option : ok.getHeadersList()) {
            header(request, kind(option), option);
        }
        for (String name : ok.getHeadersToRemoveList()) {
            request.header(Kind.REMOVE, name, "");
        }
        for (QueryParameter parameter : ok.getQueryParametersToSetList()) {
            request.query(Kind.SET_QUERY, parameter.getKey(), parameter.getValue());
        }
        for (String name : ok.getQueryParametersToRemoveList()) {
            request.query(Kind.REMOVE_QUERY, name, "");
        }
        Edits response = new Edits(Side.RESPONSE);
        for (HeaderValueOption option : ok.getResponseHeadersToAddList()) {
            header(response, kind(option), option);
        }
        return new Verdict.Allowed(request.all(), response.all());
    }

    private static Verdict no(DeniedHttpResponse no) throws IllegalEdit {
        Edits edits = new Edits(Side.REFUSAL);
        for (HeaderValueOption option : no.getHeadersList()) {
            header(edits, Kind.SET, option);
        }
        int status = no.getStatus().getCodeValue();
        return status < 200 || status > 599
                ? new Verdict.Denied(403, List.of(), "")
                : new Verdict.Denied(status, edits.all(), no.getBody());
    }

    private static void header(Edits to, Kind kind, HeaderValueOption option) throws IllegalEdit {
        HeaderValue header = option.getHeader();
        String value = header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toString(StandardCharsets.ISO_8859_1);
        to.header(kind, header.getKey(), value);
    }

    private static Kind kind(HeaderValueOption option) {
        if (option.hasAppend()) {
            return option.getAppend().getValue() ? Kind.ADD : Kind.SET;
        }
        return switch (option.getAppendAction()) {
            case ADD_IF_ABSENT -> Kind.ADD_IF_ABSENT;
            case OVERWRITE_IF_EXISTS -> Kind.SET_IF_PRESENT;
            case APPEND_IF_EXISTS_OR_ADD, OVERWRITE_IF_EXISTS_OR_ADD, UNRECOGNIZED -> Kind.SET;
        };
    }
}
