using System.Runtime.InteropServices;

namespace Warehouse.Models.Churn.Learners.Boosting.Native;

/// <summary>A DMatrix of XGBoost's.</summary>
internal sealed class MatrixHandle : SafeHandle
{
    public MatrixHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.XGDMatrixFree(handle) == 0;
}

/// <summary>A booster of XGBoost's.</summary>
internal sealed class BoosterHandle : SafeHandle
{
    public BoosterHandle(nint pointer)
        : base(0, ownsHandle: true) => SetHandle(pointer);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => NativeMethods.XGBoosterFree(handle) == 0;
}
