import java.io.File;
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
    System.out.println("listening on 127.0.0.1:" + connector.getLocalPort());
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static ServerConnector connectorOf(DynamoDBProxyServer proxy)
      throws ReflectiveOperationException {
    var field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    return (ServerConnector) ((Server) field.get(proxy)).getConnectors()[0];
  }
}
