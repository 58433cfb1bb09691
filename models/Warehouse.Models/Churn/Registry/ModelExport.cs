using Warehouse.Definitions;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Models.Churn.Learners.Boosting.Onnx;
using Warehouse.Models.Churn.Reports;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Registry;

/// <summary>Writes a model as files for others: what it is made of, what it says of itself, and ONNX.</summary>
internal static class ModelExport
{
    /// <exception cref="UserFaultException">A file cannot be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, RegisteredModel listed, StoredModel stored, TrainingResult metrics, CancellationToken cancellationToken)
    {
        var stem = FormattableString.Invariant($"{listed.Model}-{listed.Version}");
        var files = new List<(string Name, byte[] Bytes)>
        {
            ($"{stem}.json", System.Text.Encoding.UTF8.GetBytes(stored.Model.Scorer.ToArtefact())),
            ($"{stem}.html", System.Text.Encoding.UTF8.GetBytes(ModelCard.Of(listed, metrics).Html)),
        };
        if (stored.Model.Scorer is BoostedTrees trees)
        {
            files.Add(($"{stem}.onnx", OnnxModel.Of(trees)));
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, bytes) in files)
            {
                await File.WriteAllBytesAsync(Path.Combine(folder, name), bytes, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{folder} cannot be written to: {fault.Message}", fault);
        }

        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }
}
