using System.Globalization;
using System.Text;
using Warehouse.Models.Churn.Learners.Boosting.Native;

namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>An ensemble in XGBoost's memory: grown tree by tree, asked, and written as XGBoost's JSON.</summary>
internal sealed unsafe class Booster : IDisposable
{
    private readonly BoosterHandle _handle;

    private Booster(BoosterHandle handle) => _handle = handle;

    /// <summary>The library's version.</summary>
    public static Version Version
    {
        get
        {
            int major, minor, patch;
            NativeMethods.XGBoostVersion(&major, &minor, &patch);
            return new Version(major, minor, patch);
        }
    }

    /// <summary>An empty ensemble that will grow on these rows.</summary>
    public static Booster Create(IEnumerable<(string Name, string Value)> settings, params TrainingMatrix[] matrices)
    {
        Check(NativeMethods.XGBSetGlobalConfig("{\"verbosity\": 0}"));
        var pointers = matrices.Select(matrix => matrix.Handle.DangerousGetHandle()).ToArray();
        nint booster;
        fixed (nint* first = pointers)
        {
            Check(NativeMethods.XGBoosterCreate(first, (ulong)pointers.Length, &booster));
        }

        var made = new Booster(new BoosterHandle(booster));
        foreach (var (name, value) in settings)
        {
            Check(NativeMethods.XGBoosterSetParam(made._handle, name, value));
        }

        return made;
    }

    /// <summary>An ensemble that was written as JSON.</summary>
    public static Booster FromJson(string json)
    {
        nint booster;
        Check(NativeMethods.XGBoosterCreate(null, 0, &booster));
        var made = new Booster(new BoosterHandle(booster));
        var bytes = Encoding.UTF8.GetBytes(json);
        fixed (byte* first = bytes)
        {
            Check(NativeMethods.XGBoosterLoadModelFromBuffer(made._handle, first, (ulong)bytes.Length));
        }

        return made;
    }

    /// <summary>Grows one more tree.</summary>
    public void Grow(int iteration, TrainingMatrix train) =>
        Check(NativeMethods.XGBoosterUpdateOneIter(_handle, iteration, train.Handle));

    /// <summary>The metric that was asked for, of rows that are not learned from.</summary>
    public double Evaluate(int iteration, TrainingMatrix rows)
    {
        var pointer = rows.Handle.DangerousGetHandle();
        byte* result;
        fixed (byte* name = "v\0"u8)
        {
            var names = name;
            Check(NativeMethods.XGBoosterEvalOneIter(_handle, iteration, &pointer, &names, 1, &result));
        }

        GC.KeepAlive(rows);
        var text = Text(result);
        return double.Parse(text.AsSpan(text.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);
    }

    /// <summary>Raw scores.</summary>
    public float[] Margins(TrainingMatrix rows) => Predict(rows, 1);

    /// <summary>XGBoost's own SHAP values: for each row one for each column, and the expected score last.</summary>
    public float[] Contributions(TrainingMatrix rows) => Predict(rows, 2);

    /// <summary>The ensemble as XGBoost writes it.</summary>
    public string ToJson()
    {
        ulong length;
        byte* bytes;
        Check(NativeMethods.XGBoosterSaveModelToBuffer(_handle, "{\"format\": \"json\"}", &length, &bytes));
        return Encoding.UTF8.GetString(bytes, checked((int)length));
    }

    /// <summary>The first trees alone.</summary>
    public Booster Take(int trees)
    {
        nint slice;
        Check(NativeMethods.XGBoosterSlice(_handle, 0, trees, 1, &slice));
        return new Booster(new BoosterHandle(slice));
    }

    public void Dispose() => _handle.Dispose();

    internal static void Check(int result)
    {
        if (result != 0)
        {
            throw new XgboostException(Text(NativeMethods.XGBGetLastError()));
        }
    }

    private float[] Predict(TrainingMatrix rows, int type)
    {
        ulong* shape;
        ulong dimensions;
        float* result;
        var config = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"type\": {type}, \"training\": false, \"iteration_begin\": 0, \"iteration_end\": 0, \"strict_shape\": true}}");
        Check(NativeMethods.XGBoosterPredictFromDMatrix(_handle, rows.Handle, config, &shape, &dimensions, &result));
        var length = 1UL;
        for (var dimension = 0UL; dimension < dimensions; dimension++)
        {
            length *= shape[dimension];
        }

        return new ReadOnlySpan<float>(result, checked((int)length)).ToArray();
    }

    private static string Text(byte* zeroTerminated) =>
        Encoding.UTF8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(zeroTerminated));
}
