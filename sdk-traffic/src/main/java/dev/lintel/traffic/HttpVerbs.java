package dev.lintel.traffic;

import dev.lintel.core.fluent.Verbs;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;

/**
 * The verbs about requests and answers that pass an exposed host.
 *
 * @param <S> the chain that the verbs answer
 */
public interface HttpVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Sends requests to an endpoint to one version, past the split.
     *
     * @param endpoint for example {@code GET /reports/**}
     * @param version the version
     * @return a new chain
     */
    default S route(String endpoint, String version) {
        return route(Match.match(endpoint), version);
    }

    /**
     * Sends some requests to one version, past the split.
     *
     * @param match which requests, for example {@code match("/**").header("x-beta", "1")}
     * @param version the version
     * @return a new chain
     */
    default S route(Match match, String version) {
        return with(new RouteTo(match, version));
    }

    /**
     * Points callers of some requests elsewhere, in place of the service.
     *
     * @param match which requests, for example {@code match("/old/**")}
     * @param to where they are sent
     * @return a new chain
     */
    default S redirect(Match match, Redirect to) {
        return with(new RedirectTo(match, to));
    }

    /**
     * Answers some requests with a text, in place of the service.
     *
     * @param match which requests, for example {@code match("/ping")}
     * @param status 200 to 599, but not 300 to 399
     * @param text plain text, at most 4096 characters, never a secret; may be empty
     * @return a new chain
     */
    default S respond(Match match, int status, String text) {
        return respond(match, status, Respond.PLAIN, text);
    }

    /**
     * Answers some requests in place of the service.
     *
     * @param match which requests
     * @param status 200 to 599, but not 300 to 399
     * @param contentType the body's media type
     * @param body at most 4096 characters, never a secret; may be empty
     * @return a new chain
     */
    default S respond(Match match, int status, String contentType, String body) {
        return with(new Respond(match, status, contentType, body));
    }

    /**
     * Changes the path under which the service gets requests.
     *
     * @param from {@code /shop/**} or {@code /shop}
     * @param to {@code /api/**} or {@code /api}
     * @return a new chain
     */
    default S rewritePath(String from, String to) {
        return with(new RewritePath(PathPattern.parse(from), PathPattern.parse(to)));
    }

    /**
     * Sets a header on the way to the service.
     *
     * @param name the header's name, in any case
     * @param value its value, never a secret
     * @return a new chain
     */
    default S setHeader(String name, String value) {
        return with(new SetHeader(SetHeader.Message.REQUEST, name, value));
    }

    /**
     * Sets a header on the way back to the caller.
     *
     * @param name the header's name, in any case
     * @param value its value
     * @return a new chain
     */
    default S setResponseHeader(String name, String value) {
        return with(new SetHeader(SetHeader.Message.RESPONSE, name, value));
    }

    /**
     * Adds a header on the way to the service, beside what the caller sent.
     *
     * @param name the header's name, in any case
     * @param value its value, never a secret
     * @return a new chain
     */
    default S addHeader(String name, String value) {
        return with(new AddHeader(SetHeader.Message.REQUEST, name, value));
    }

    /**
     * Adds a header on the way back to the caller, beside what the service sent.
     *
     * @param name the header's name, in any case
     * @param value its value
     * @return a new chain
     */
    default S addResponseHeader(String name, String value) {
        return with(new AddHeader(SetHeader.Message.RESPONSE, name, value));
    }

    /**
     * Removes a header on the way to the service.
     *
     * @param name the header's name, in any case
     * @return a new chain
     */
    default S removeHeader(String name) {
        return with(new RemoveHeader(SetHeader.Message.REQUEST, name));
    }

    /**
     * Removes a header on the way back to the caller.
     *
     * @param name the header's name, in any case
     * @return a new chain
     */
    default S removeResponseHeader(String name) {
        return with(new RemoveHeader(SetHeader.Message.RESPONSE, name));
    }
}
