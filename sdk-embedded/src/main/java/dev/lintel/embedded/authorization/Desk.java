package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.CodeRequest.Prompt;
import dev.lintel.embedded.authorization.Sessions.Session;
import dev.lintel.embedded.authorization.Sessions.Visit;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Page;
import dev.lintel.embedded.authorization.login.Pages;
import dev.lintel.embedded.authorization.login.Permission;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where users and requests meet: knows what a request still needs before its client gets a code, and keeps what a browser
 * is on the way to meanwhile.
 */
final class Desk {
    /** How long a user may take for a page. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /** Each holds a whole request. */
    private static final int MOST = 10_000;

    final Pages pages;
    final Sessions sessions;
    final CodeAnswers answers;
    private final ServerState state;
    private final LogoutNotices notices;
    private final Consents consents = new Consents();
    private final Map<String, String> descriptions;
    private final InstantSource clock;
    private final Tickets<Flow> flows;
    private final Tickets<Question> questions;
    private volatile @Nullable String standIn;

    Desk(URI issuer, AuthorizationSettings settings, ServerState state, LogoutNotices notices) {
        this.notices = notices;
        this.state = state;
        this.clock = state.clock;
        this.pages = new Pages(issuer);
        this.answers = new CodeAnswers(issuer);
        this.sessions = new Sessions(issuer, settings.login.sessionLifetime, state.clock, state.random);
        this.descriptions = described(settings.login.descriptions);
        this.flows = new Tickets<>(MOST, state.clock, state.random);
        this.questions = new Tickets<>(MOST, state.clock, state.random);
    }

    /**
     * What a browser is on the way to.
     *
     * @param visit which browser
     * @param request for a code; null on the way to a device
     * @param userCode of the device; empty if it is not typed yet
     * @param login that was made on this way; 0 if none was
     */
    record Flow(long visit, @Nullable CodeRequest request, String userCode, long login) {
        Flow after(Session session) {
            return new Flow(visit, request, userCode, session.id());
        }
    }

    /** What is asked. */
    enum Kind {
        LOGIN,
        CONSENT,
        DEVICE_CODE,
        DEVICE,
        LOGOUT
    }

    /**
     * What a form asked that a browser was shown, good for one answer from that browser.
     *
     * @param kind what is asked
     * @param visit which browser
     * @param login who was logged in there; 0 if nobody was
     * @param about the flow's ticket, the device's code, or where to go on
     */
    record Question(Kind kind, long visit, long login, String about) {}

    /** What is still needed. */
    private enum Need {
        LOGIN,
        CONSENT,
        NOTHING
    }

    void standIn(@Nullable String subject) {
        standIn = subject;
    }

    /** The user that all requests are answered for without asking anybody; only tests say one. */
    Optional<Session> standIn() {
        return Optional.ofNullable(standIn).map(sessions::made);
    }

    /** What ends all logins but that of now's stand-in. */
    Runnable checkpoint() {
        String noted = standIn;
        return () -> {
            forgetUsers();
            standIn = noted;
        };
    }

    void forgetUsers() {
        standIn = null;
        sessions.endAll();
        consents.forgetAll();
    }

    /** Answers a request for a code at once, or sends the browser to the page that it needs. */
    Reply take(Received received, CodeRequest request) throws OAuthError {
        Optional<Session> standing = standIn();
        if (standing.isPresent()) {
            return grant(request, standing.get());
        }
        Optional<Session> session = sessions.of(received);
        Need need = need(request, session, 0);
        if (need == Need.NOTHING) {
            return grant(request, session.orElseThrow());
        }
        if (request.has(Prompt.NONE)) {
            throw need == Need.LOGIN
                    ? OAuthError.of(ErrorCode.LOGIN_REQUIRED, "the user is not logged in as asked for")
                    : OAuthError.of(ErrorCode.CONSENT_REQUIRED, "the user has not allowed this yet");
        }
        Visit visit = sessions.welcome(received);
        return visit.on(onward(new Flow(visit.id(), request, "", 0)));
    }

    /** Sends a browser on its way. */
    Reply onward(Flow flow) {
        return Page.guarded(Reply.seeOther(Paths.CONTINUE + "?flow=" + flows.issue(flow, PATIENCE)));
    }

    /** The page that a flow needs next, or its end. */
    Reply next(Received received, String ticket, Flow flow) throws OAuthError {
        Optional<Session> session = sessions.of(received);
        CodeRequest request = flow.request();
        if (request == null) {
            return session.isPresent() ? device(ticket, flow) : login(ticket, flow, 200, "", null);
        }
        return switch (need(request, session, flow.login())) {
            case LOGIN -> login(ticket, flow, 200, request.loginHint(), null);
            case CONSENT -> consent(ticket, flow.visit(), request, session.orElseThrow());
            case NOTHING -> finish(ticket).isPresent() ? grant(request, session.orElseThrow()) : stale();
        };
    }

    private Reply device(String ticket, Flow flow) {
        flows.drop(ticket);
        Map<String, String> code = flow.userCode().isEmpty() ? Map.of() : Map.of("user_code", flow.userCode());
        return Page.guarded(Reply.seeOther(CodeAnswers.with(URI.create(Paths.DEVICE), code)));
    }

    Reply login(String ticket, Flow flow, int status, String user, @Nullable String problem) {
        CodeRequest request = flow.request();
        return pages.login(
                status,
                ask(new Question(Kind.LOGIN, flow.visit(), 0, ticket)),
                request == null ? null : request.client().title(),
                user,
                problem,
                request == null ? null : request.target().redirectUri());
    }

    private Reply consent(String ticket, long visit, CodeRequest request, Session session) {
        return pages.consent(
                ask(new Question(Kind.CONSENT, visit, session.id(), ticket)),
                request.client().title(),
                session.subject(),
                permissions(request.scopes()),
                request.target().redirectUri());
    }

    private Need need(CodeRequest request, Optional<Session> session, long login) throws OAuthError {
        if (session.isEmpty() || !isRecent(request, session.get(), login)) {
            return Need.LOGIN;
        }
        String subject = session.get().subject();
        if (request.subject() != null && !request.subject().equals(subject)) {
            if (session.get().id() == login) {
                throw OAuthError.of(ErrorCode.LOGIN_REQUIRED, "another user than asked for has logged in");
            }
            return Need.LOGIN;
        }
        boolean allowed = request.client().said().firstParty || mayRemember(request) && isRemembered(request, subject);
        return allowed && !request.has(Prompt.CONSENT) ? Need.NOTHING : Need.CONSENT;
    }

    private boolean isRecent(CodeRequest request, Session session, long login) {
        boolean justNow = session.id() == login;
        if (!justNow && (request.has(Prompt.LOGIN) || request.has(Prompt.SELECT_ACCOUNT))) {
            return false;
        }
        Duration most = request.maxAge();
        if (most == null) {
            return true;
        }
        Instant now = clock.instant();
        return most.isZero() ? justNow : !now.isAfter(session.authenticated().plus(most));
    }

    private boolean isRemembered(CodeRequest request, String subject) {
        return consents.cover(subject, request.client().id(), request.scopes(), request.audiences());
    }

    /**
     * Anything on a machine can claim to be a client without a secret that listens there, or has that scheme; so its user is
     * asked each time (RFC 8252, 8.6).
     */
    private static boolean mayRemember(CodeRequest request) {
        return !request.client().isPublic()
                || "https".equals(request.target().redirectUri().getScheme());
    }

    /** The user has agreed. */
    Reply allow(CodeRequest request, Session session) {
        consents.remember(session.subject(), request.client().id(), request.scopes(), request.audiences());
        return grant(request, session);
    }

    /** The user has not. */
    Reply denied(CodeRequest request) {
        return answers.refused(
                request.target(), OAuthError.of(ErrorCode.ACCESS_DENIED, "the user has not allowed this"));
    }

    private Reply grant(CodeRequest request, Session session) {
        notices.joined(session.sid(), request.client().id());
        return answers.granted(request.target(), state.codes.issue(request.grantOf(session), ServerState.CODE));
    }

    /** A ticket for the form that asks. */
    String ask(Question question) {
        return questions.issue(question, PATIENCE);
    }

    /** What was asked by a form that is sent now: once, by the browser that was shown it, with the same user in it. */
    Optional<Question> sent(Received received, Kind kind, String ticket) {
        long visit = sessions.visit(received).map(Visit::id).orElse(0L);
        long login =
                kind == Kind.LOGIN ? 0 : sessions.of(received).map(Session::id).orElse(0L);
        return questions
                .take(ticket)
                .filter(asked -> asked.kind() == kind && asked.visit() == visit && asked.login() == login);
    }

    /** A flow of this browser. */
    Optional<Flow> flow(Received received, String ticket) {
        long visit = sessions.visit(received).map(Visit::id).orElse(0L);
        return flows.look(ticket).filter(flow -> flow.visit() == visit);
    }

    /** A flow that goes no further by this ticket; of many who ask at once, one gets it. */
    Optional<Flow> finish(String ticket) {
        return flows.take(ticket);
    }

    List<Permission> permissions(List<String> scopes) {
        return scopes.stream()
                .map(scope -> new Permission(scope, descriptions.getOrDefault(scope, "")))
                .toList();
    }

    private static Map<String, String> described(Map<String, String> said) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(IdTokens.SCOPE, "Know who you are");
        all.put("profile", "See your user name");
        all.put("offline_access", "Keep this access while you are away");
        all.putAll(said);
        return all;
    }

    Reply stale() {
        return pages.message(
                400,
                "This page has expired",
                "It was used already, is too old, or was opened in another browser.",
                "Go back to the application and start again. Cookies must be allowed for this site.");
    }

    Reply refused(OAuthError error) {
        return pages.message(
                400,
                "This request cannot be answered",
                "The application that sent you here has made a mistake: " + error.getMessage() + ".",
                "Go back to it and try again, or tell those who run it.");
    }
}
