package dev.lintel.examples.elsewhere;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.traffic.ServedBy.external;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.Secrets;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.sdk.Api;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's HTTPS service behind a gateway of ours. Callers bring tokens of our issuer; the gateway shows the provider
 * one of the provider's issuer, and speaks to nobody whose certificate does not have the provider's name.
 *
 * <p>{@code mvn -q compile exec:java -Dexec.mainClass=dev.lintel.examples.elsewhere.ServiceElsewhere}
 */
public final class ServiceElsewhere {
    private static final String NAME = "api.psp.example";
    private static final SecretRef CA = new SecretRef("shop", "psp", "ca.crt");
    private static final SecretRef CLIENT = new SecretRef("shop", "psp", "client-secret");
    private static final Secret AT_PROVIDER = Secret.of("the shop's secret at the provider");
    private static final Secret OF_PROVIDER = Secret.of("the provider's own secret");

    private final PrintStream out;
    private final AuthorizationServer ours;
    private final AuthorizationServer theirs;
    private final Gateway gateway;

    private ServiceElsewhere(PrintStream out, AuthorizationServer ours, AuthorizationServer theirs, Gateway gateway) {
        this.out = out;
        this.ours = ours;
        this.theirs = theirs;
        this.gateway = gateway;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException if a request cannot be sent
     * @throws InterruptedException if it is interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        run(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    static void run(PrintStream out) throws IOException, InterruptedException {
        try (Authority authority = Authority.make();
                AuthorizationServer ours = AuthorizationServer.start();
                AuthorizationServer theirs = AuthorizationServer.start(settings -> settings.audience("psp"));
                Provider provider =
                        Provider.start(authority.vouchFor(NAME), theirs.issuer().toString(), OF_PROVIDER);
                Provider impostor = Provider.start(
                        authority.vouchFor("impostor.example"), theirs.issuer().toString(), OF_PROVIDER);
                Gateway gateway = Gateway.start(settings ->
                        settings.secrets(Secrets.of(Map.of(CA, Secret.of(pem(authority)), CLIENT, AT_PROVIDER))))) {
            theirs.client("shop", AT_PROVIDER, "cards.charge");
            theirs.client("psp", OF_PROVIDER);
            new ServiceElsewhere(out, ours, theirs, gateway).tell(provider, impostor);
        }
    }

    private static String pem(Authority authority) {
        try {
            return authority.pem();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The definition: where the service is, whom to trust there, what to show there; and who may call. */
    private ApiDefinition cards(Provider provider) {
        return Api.expose("cards")
                .inNamespace("shop")
                .servedBy(external("https://" + NAME)
                        .through(provider.address())
                        .ca(CA)
                        .token(theirs.issuer().toString(), "shop", CLIENT, "cards.charge"))
                .withOAuth2(oauth2(ours.issuer().toString()).audience("cards").scope("/charges/**", "cards.write"))
                .define();
    }

    private void tell(Provider provider, Provider impostor) throws IOException, InterruptedException {
        ApiDefinition cards = cards(provider);
        title("The definition");
        out.print(DefinitionFormat.yaml().write(cards));
        title("The plan");
        Plan plan = gateway.plan(cards);
        out.print(plan.render());
        gateway.apply(plan);

        title("Calls");
        String alice = ours.issue("alice", "cards", "cards.write");
        say("without a token", call(null));
        say("without the scope", call(ours.issue("bob", "cards")));
        say("with a token of the provider's issuer", call(theirs.issue("eve", "cards", "cards.write")));
        for (int i = 0; i < 3; i++) {
            say("with alice's token", call(alice));
        }
        List<String> shown = provider.authorizations();
        out.println("the provider was shown " + shown.size() + " tokens, "
                + shown.stream().distinct().count() + " different, alice's among them: "
                + shown.contains("Bearer " + alice));

        title("Somebody else at the provider's address, with a good certificate for another name");
        gateway.apply(gateway.plan(cards(impostor)));
        say("with alice's token", call(alice));
        out.println("the impostor was shown " + impostor.authorizations().size() + " tokens");
    }

    private HttpResponse<String> call(@Nullable String token) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder().proxy(gateway.proxySelector()).build();
        URI uri = gateway.uri("cards.shop").resolve("/charges?amount=42");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("4111"));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void say(String who, HttpResponse<String> answer) {
        out.println("  " + who + ": " + answer.statusCode() + (answer.statusCode() == 200 ? " " + answer.body() : ""));
    }

    private void title(String text) {
        out.println();
        out.println("== " + text);
    }
}
