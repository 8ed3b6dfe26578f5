package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.store.ClientStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Clients in memory, held to the same contract as those in DynamoDB. */
public final class InMemoryClientStore implements ClientStore {
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Map<String, String> clientsOfKeys = new ConcurrentHashMap<>();

  @Override
  public Optional<Client> findByKey(String apiKey, Instant now) {
    return Optional.ofNullable(clientsOfKeys.get(apiKey))
        .flatMap(name -> Optional.ofNullable(clients.get(name)));
  }

  @Override
  public Optional<Client> findByName(String name) {
    return Optional.ofNullable(clients.get(name));
  }

  @Override
  public void put(Client client) {
    clients.put(client.name(), client);
  }

  @Override
  public void putKey(String apiKey, String clientName) {
    clientsOfKeys.put(apiKey, clientName);
  }
}
