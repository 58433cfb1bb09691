using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Models.Churn.Learners.Boosting.Onnx;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Exported models as onnxruntime, the reference implementation, scores them.</summary>
public sealed class OnnxTests
{
    private static readonly string s_projectFolder = typeof(OnnxTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "ProjectFolder", StringComparison.Ordinal)).Value!;

    [SkippableFact]
    public async Task ExportedModel_ScoresTheSame_InOnnxruntime()
    {
        Skip.IfNot(BoostingLearner.IsPresent, BoostingLearner.HowToGet);
        Skip.IfNot(
            Directory.Exists(Path.Combine(s_projectFolder, "node_modules", "onnxruntime-node")),
            $"The npm package onnxruntime-node is not there: run 'npm ci' in {s_projectFolder}.");
        var train = SyntheticTable.Draw(4000, seed: 6);
        var encoding = FeatureEncoding.Of(train.Features, []);
        var trees = (BoostedTrees)new BoostingLearner(new BoostingSettings { MostRounds = 150 })
            .Learn(encoding, train, null, null, CancellationToken.None).Scorer;
        var rows = encoding.Encode(SyntheticTable.Draw(2000, seed: 7).Features);
        var ours = trees.Score(rows, CancellationToken.None);

        var (scores, probabilities) = await ScoreAsync(OnnxModel.Of(trees), rows, trees.Width);

        Assert.Equal(2000, scores.Length);
        Assert.All(ours.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(ours.Zip(probabilities), pair => Assert.Equal(Odds.Probability(pair.First), pair.Second, 1e-5));
    }

    private static async Task<(double[] Scores, double[] Probabilities)> ScoreAsync(byte[] model, float[] rows, int width)
    {
        using var folder = new FreshFolder();
        var (modelFile, rowsFile) = (Path.Combine(folder.Path, "model.onnx"), Path.Combine(folder.Path, "rows"));
        await File.WriteAllBytesAsync(modelFile, model);
        await File.WriteAllBytesAsync(rowsFile, MemoryMarshal.AsBytes(rows.AsSpan()).ToArray());
        using var node = Start(modelFile, rowsFile, width);
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = await node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, errors);
        using var answer = JsonDocument.Parse(await output);
        return (Numbers("score"), Numbers("probability"));

        double[] Numbers(string name) => [.. answer.RootElement.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
    }

    private static Process Start(string model, string rows, int width)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", [Path.Combine(s_projectFolder, "Churn", "score.mjs"), model, rows, $"{width}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception fault)
        {
            Skip.If(condition: true, $"Node.js cannot be started: {fault.Message}");
            throw;
        }
    }
}
