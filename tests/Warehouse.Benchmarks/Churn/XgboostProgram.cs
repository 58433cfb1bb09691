using System.Diagnostics;
using System.Globalization;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;

namespace Warehouse.Benchmarks.Churn;

/// <summary>XGBoost's command-line program (Debian: xgboost). It reads text, so reading and the first tree are timed too and taken off.</summary>
internal static class XgboostProgram
{
    private static readonly string? Path = Environment.GetEnvironmentVariable("PATH")?.Split(System.IO.Path.PathSeparator)
        .Select(folder => System.IO.Path.Combine(folder, "xgboost")).FirstOrDefault(File.Exists);

    public static bool IsPresent => Path is not null;

    public static TimeSpan Train(string folder, float[] rows, FeatureEncoding encoding, bool[] churned, BoostingSettings settings)
    {
        var data = System.IO.Path.Combine(folder, "rows.libsvm");
        Write(data, rows, encoding.Columns.Count, churned);
        return Run(folder, data, encoding, settings, settings.MostRounds + 1) - Run(folder, data, encoding, settings, 1);
    }

    private static TimeSpan Run(string folder, string data, FeatureEncoding encoding, BoostingSettings settings, int rounds)
    {
        var definition = System.IO.Path.Combine(folder, "train.conf");
        File.WriteAllLines(definition, settings.For(encoding).Select(setting => $"{setting.Name} = \"{setting.Value}\"")
            .Append(string.Create(CultureInfo.InvariantCulture, $"num_round = {rounds}"))
            .Append($"data = \"{data}?format=libsvm\"").Append($"model_dir = \"{folder}\"").Append("verbosity = 0"));
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Path!, [definition])
        {
            Environment = { ["OMP_WAIT_POLICY"] = "PASSIVE" },
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException(said);
    }

    private static void Write(string path, float[] rows, int width, bool[] churned)
    {
        using var writer = new StreamWriter(path);
        for (var row = 0; row < churned.Length; row++)
        {
            writer.Write(churned[row] ? '1' : '0');
            for (var column = 0; column < width; column++)
            {
                var value = rows[(row * width) + column];
                if (!float.IsNaN(value))
                {
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $" {column}:{value}"));
                }
            }

            writer.Write('\n');
        }
    }
}
