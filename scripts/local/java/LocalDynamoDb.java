import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/**
 * DynamoDB Local on a free port of the loopback interface, for as long as its standard input is open.
 *
 * <p>Its own main class listens on every interface, refuses port 0, and outlives a parent that was killed.
 */
final class LocalDynamoDb {
  public static void main(String[] arguments) throws Exception {
    // Files go in the reverse order of these calls, so the directory goes after what is in it.
    new File(System.getProperty("java.io.tmpdir")).deleteOnExit();
    DynamoDBProxyServer proxy = ServerRunner.createServerFromCommandLineArgs(arguments);
    ServerConnector connector = connectorOf(proxy);
    connector.setHost("127.0.0.1");
    connector.setPort(0);
    proxy.start();
    indexStreams(proxy);
    System.out.println("listening on 127.0.0.1:" + connector.getLocalPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static ServerConnector connectorOf(DynamoDBProxyServer proxy)
      throws ReflectiveOperationException {
    return (ServerConnector) ((Server) fieldOf(proxy, "server")).getConnectors()[0];
  }

  /**
   * The records of all streams lie in one table of SQLite's, which each further write to any of them
   * would search from beginning to end.
   */
  private static void indexStreams(DynamoDBProxyServer proxy) throws ReflectiveOperationException {
    Object requests = fieldOf(fieldOf(proxy, "serverHandler"), "primaryHandler");
    Method open = requests.getClass().getDeclaredMethod("getHandler", String.class);
    open.setAccessible(true);
    Object database = fieldOf(open.invoke(requests, "shared"), "dbAccess");
    SQLiteQueue queue = (SQLiteQueue) fieldOf(database, "queue");
    queue.execute(
            new SQLiteJob<Void>() {
              @Override
              protected Void job(SQLiteConnection connection) throws SQLiteException {
                connection.exec("CREATE INDEX by_shard ON us (StreamID, ShardID, SequenceNumber)");
                return null;
              }
            })
        .complete();
  }

  private static Object fieldOf(Object owner, String name) throws ReflectiveOperationException {
    for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.getName().equals(name)) continue;
        field.setAccessible(true);
        return field.get(owner);
      }
    }
    throw new NoSuchFieldException(name);
  }
}
