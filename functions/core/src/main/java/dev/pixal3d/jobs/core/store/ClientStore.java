package dev.pixal3d.jobs.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps clients and their API keys; of a key only its SHA-256. */
public interface ClientStore {

  /**
   * The client to which a key belongs, if the key is known; not enabled if the key is disabled.
   *
   * @param now decides whether a key that is to be disabled some time is so already
   */
  Optional<Client> findByKey(String apiKey, Instant now);

  /** The client of a name, if there is one. May be a moment old. */
  Optional<Client> findByName(String name);

  /** Makes or replaces a client. */
  void put(Client client);

  /** Lets a key speak for a client. */
  void putKey(String apiKey, String clientName);

  /**
   * One who may submit jobs.
   *
   * @param name names the client in the records of its jobs; never changes
   * @param enabled whether it may do anything at present
   * @param webhookSecrets {@code whsec_…}, newest first: what its webhooks are signed with
   */
  record Client(String name, boolean enabled, List<String> webhookSecrets) {
    public Client {
      webhookSecrets = List.copyOf(webhookSecrets);
    }

    /** This client, unable to do anything. */
    Client disabled() {
      return new Client(name, false, webhookSecrets);
    }

    @Override
    public String toString() {
      return "Client[name=" + name + ", enabled=" + enabled + "]";
    }
  }
}
