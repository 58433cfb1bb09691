namespace Warehouse.Models.Churn.Learners.Boosting.Onnx;

/// <summary>
/// An ensemble as an ONNX model (onnx.proto3; operator set ai.onnx 13, ai.onnx.ml 1). Its input is <c>features</c>, single
/// precision, a row a customer, NaN for what is missing; its outputs are <c>score</c>, the raw score, and
/// <c>probability</c>, the logistic function of it (before any calibration).
/// </summary>
internal static class OnnxModel
{
    private const int IrVersion = 7;
    private const int OnnxVersion = 13;
    private const int MlVersion = 1;
    private const int ElementFloat = 1;

    /// <summary>Types of attributes, as AttributeProto numbers them.</summary>
    private const int TypeInt = 2;
    private const int TypeString = 3;
    private const int TypeFloats = 6;
    private const int TypeInts = 7;
    private const int TypeStrings = 8;

    /// <summary>The model's bytes.</summary>
    public static byte[] Of(BoostedTrees trees)
    {
        var model = new ProtobufWriter();
        model.Write(1, IrVersion);
        model.Write(2, "Warehouse");
        model.Write(7, graph =>
        {
            graph.Write(1, node => Ensemble(node, trees));
            graph.Write(1, Logistic);
            graph.Write(2, "churn");
            graph.Write(11, value => Tensor(value, "features", trees.Width));
            graph.Write(12, value => Tensor(value, "score", 1));
            graph.Write(12, value => Tensor(value, "probability", 1));
        });
        model.Write(8, set =>
        {
            set.Write(1, "");
            set.Write(2, OnnxVersion);
        });
        model.Write(8, set =>
        {
            set.Write(1, "ai.onnx.ml");
            set.Write(2, MlVersion);
        });
        return model.ToArray();
    }

    private static void Ensemble(ProtobufWriter node, BoostedTrees trees)
    {
        var nodes = trees.Trees.SelectMany((tree, number) => tree.Nodes.Select((node, place) => (Tree: (long)number, Place: place, Node: node))).ToArray();
        var leaves = Array.FindAll(nodes, one => one.Node.IsLeaf(one.Place));
        node.Write(1, "features");
        node.Write(2, "score");
        node.Write(3, "trees");
        node.Write(4, "TreeEnsembleRegressor");
        Attribute(node, "n_targets", TypeInt, value => value.Write(3, 1));
        Attribute(node, "aggregate_function", TypeString, value => value.Write(4, "SUM"));
        Attribute(node, "post_transform", TypeString, value => value.Write(4, "NONE"));
        Attribute(node, "base_values", TypeFloats, value => value.Write(7, [trees.BaseMargin]));
        Numbers("nodes_treeids", nodes.Select(one => one.Tree));
        Numbers("nodes_nodeids", nodes.Select(one => (long)one.Place));
        Numbers("nodes_featureids", nodes.Select(one => (long)one.Node.Column));
        Numbers("nodes_truenodeids", nodes.Select(one => one.Node.IsLeaf(one.Place) ? 0L : one.Node.Left));
        Numbers("nodes_falsenodeids", nodes.Select(one => one.Node.IsLeaf(one.Place) ? 0L : one.Node.Right));
        Numbers("nodes_missing_value_tracks_true", nodes.Select(one => one.Node.Missing == one.Node.Left && !one.Node.IsLeaf(one.Place) ? 1L : 0L));
        Attribute(node, "nodes_values", TypeFloats, value => value.Write(7, [.. nodes.Select(one => one.Node.IsLeaf(one.Place) ? 0 : one.Node.Value)]));
        Attribute(node, "nodes_modes", TypeStrings, value =>
        {
            foreach (var one in nodes)
            {
                value.Write(9, one.Node.IsLeaf(one.Place) ? "LEAF" : "BRANCH_LT");
            }
        });
        Numbers("target_treeids", leaves.Select(one => one.Tree));
        Numbers("target_nodeids", leaves.Select(one => (long)one.Place));
        Numbers("target_ids", leaves.Select(_ => 0L));
        Attribute(node, "target_weights", TypeFloats, value => value.Write(7, [.. leaves.Select(one => one.Node.Value)]));
        node.Write(7, "ai.onnx.ml");

        void Numbers(string name, IEnumerable<long> values) => Attribute(node, name, TypeInts, value => value.Write(8, values));
    }

    private static void Logistic(ProtobufWriter node)
    {
        node.Write(1, "score");
        node.Write(2, "probability");
        node.Write(3, "logistic");
        node.Write(4, "Sigmoid");
    }

    private static void Attribute(ProtobufWriter node, string name, int type, Action<ProtobufWriter> value) => node.Write(5, attribute =>
    {
        attribute.Write(1, name);
        value(attribute);
        attribute.Write(20, type);
    });

    private static void Tensor(ProtobufWriter value, string name, int width)
    {
        value.Write(1, name);
        value.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, ElementFloat);
            tensor.Write(2, shape =>
            {
                shape.Write(1, dimension => dimension.Write(2, "customers"));
                shape.Write(1, dimension => dimension.Write(1, width));
            });
        }));
    }
}
