using Warehouse.Models.Churn.Learners.Boosting.Native;

namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>Rows in XGBoost's memory, NaN being what is missing.</summary>
internal sealed unsafe class TrainingMatrix : IDisposable
{
    private TrainingMatrix(MatrixHandle handle) => Handle = handle;

    public MatrixHandle Handle { get; }

    /// <param name="rows">Values, row by row.</param>
    /// <param name="width">Values of a row.</param>
    /// <param name="labels">What happened; empty where it is not known.</param>
    public static TrainingMatrix Of(ReadOnlySpan<float> rows, int width, ReadOnlySpan<bool> labels)
    {
        nint pointer;
        fixed (float* values = rows)
        {
            Booster.Check(NativeMethods.XGDMatrixCreateFromMat(values, (ulong)(rows.Length / width), (ulong)width, float.NaN, &pointer));
        }

        var matrix = new TrainingMatrix(new MatrixHandle(pointer));
        if (labels.Length > 0)
        {
            var numbers = new float[labels.Length];
            for (var row = 0; row < labels.Length; row++)
            {
                numbers[row] = labels[row] ? 1 : 0;
            }

            fixed (float* values = numbers)
            {
                Booster.Check(NativeMethods.XGDMatrixSetFloatInfo(matrix.Handle, "label", values, (ulong)numbers.Length));
            }
        }

        return matrix;
    }

    public void Dispose() => Handle.Dispose();
}
