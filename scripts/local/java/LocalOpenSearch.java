import java.io.IOException;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One OpenSearch node that lives as long as its standard input is open: a parent that dies, however
 * it dies, takes it along.
 *
 * <p>The runner's own main class has no ingest role and refuses HTTP ports above 9299.
 */
final class LocalOpenSearch {
  public static void main(String[] arguments) throws IOException {
    OpenSearchRunner runner = new OpenSearchRunner();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(runner)));
    runner
        .onBuild(
            (number, settings) -> {
              settings.putList("node.roles", "cluster_manager", "data", "ingest");
              settings.put("http.port", System.getProperty("local.httpPort", "0"));
            })
        .build(arguments);
    while (System.in.read() >= 0) {}
    System.exit(0);
  }

  private static void close(OpenSearchRunner runner) {
    try {
      runner.close();
      if (Boolean.getBoolean("local.temporary")) {
        runner.clean();
      }
    } catch (IOException error) {
      System.err.println("could not close OpenSearch: " + error);
    }
  }
}
