package dev.lintel.auth.register;

import dev.lintel.core.Problem;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Plan;
import java.util.List;

/**
 * The difference between the clients that there should be and those that are registered; holds no secret. Made by {@link
 * OAuthClients#plan}, done by {@link OAuthClients#apply}.
 *
 * @param plan the changes, what stands in their way, and the state of the server that they were made for
 * @param clients those that there should be, in the order in which they were said
 */
public record ClientPlan(Plan plan, List<ClientSpec> clients) {
    /** Keeps the clients in their order. */
    public ClientPlan {
        clients = List.copyOf(clients);
    }

    /**
     * Whether applying it would change nothing.
     *
     * @return true if every client is as it should be
     */
    public boolean isEmpty() {
        return plan.isEmpty();
    }

    /**
     * What happens to each client.
     *
     * @return one change for each, those that stay included; objects are called like {@code client shop}
     */
    public List<Change> changes() {
        return plan.changes();
    }

    /**
     * Why it cannot be applied.
     *
     * @return empty if it can
     */
    public List<Problem> problems() {
        return plan.problems();
    }

    /**
     * Whether a client that exists may do more than before.
     *
     * @return true if an effect says so
     */
    public boolean widens() {
        return plan.widens();
    }

    /**
     * The same plan, allowed to let clients do more than before.
     *
     * @param reason why, for those who read it later
     * @return a new plan
     */
    public ClientPlan allowWidening(String reason) {
        return new ClientPlan(plan.allowWidening(reason), clients);
    }

    /**
     * The plan as people read it, without colours.
     *
     * @return clients with their metadata or what changes of it, problems, warnings and counts
     */
    public String render() {
        return plan.render();
    }

    /**
     * The plan as people read it.
     *
     * @param colours whether to colour it by the escapes of a terminal
     * @return clients with their metadata or what changes of it, problems, warnings and counts
     */
    public String render(boolean colours) {
        return plan.render(colours);
    }
}
