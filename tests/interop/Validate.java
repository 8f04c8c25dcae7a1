import java.io.FileOutputStream;
import java.io.OutputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFFormat;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;

/** Jena's SHACL reports on many files in one run: `Validate SHAPES FILE…` writes `FILE.report.nt` for each. */
public class Validate {
  public static void main(String[] arguments) throws Exception {
    Shapes shapes = Shapes.parse(RDFDataMgr.loadGraph(arguments[0]));
    for (int i = 1; i < arguments.length; i++) {
      Graph data = RDFDataMgr.loadGraph(arguments[i]);
      try (OutputStream out = new FileOutputStream(arguments[i] + ".report.nt")) {
        RDFDataMgr.write(out, ShaclValidator.get().validate(shapes, data).getGraph(), RDFFormat.NTRIPLES);
      }
    }
  }
}
