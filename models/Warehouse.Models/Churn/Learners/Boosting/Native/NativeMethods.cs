using System.Runtime.InteropServices;

namespace Warehouse.Models.Churn.Learners.Boosting.Native;

/// <summary>The part of XGBoost's C API (1.6 and later) that is used. Every function gives 0, or -1 with a message to ask for.</summary>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(XgboostLibrary.Name)]
    public static partial byte* XGBGetLastError();

    [LibraryImport(XgboostLibrary.Name)]
    public static partial void XGBoostVersion(int* major, int* minor, int* patch);

    [LibraryImport(XgboostLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBSetGlobalConfig(string json);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGDMatrixCreateFromMat(float* data, ulong rows, ulong columns, float missing, nint* matrix);

    [LibraryImport(XgboostLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGDMatrixSetFloatInfo(MatrixHandle matrix, string field, float* values, ulong length);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGDMatrixFree(nint matrix);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterCreate(nint* matrices, ulong count, nint* booster);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterFree(nint booster);

    [LibraryImport(XgboostLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterSetParam(BoosterHandle booster, string name, string value);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterUpdateOneIter(BoosterHandle booster, int iteration, MatrixHandle train);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterEvalOneIter(BoosterHandle booster, int iteration, nint* matrices, byte** names, ulong count, byte** result);

    [LibraryImport(XgboostLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterPredictFromDMatrix(
        BoosterHandle booster, MatrixHandle matrix, string config, ulong** shape, ulong* dimensions, float** result);

    [LibraryImport(XgboostLibrary.Name, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XGBoosterSaveModelToBuffer(BoosterHandle booster, string config, ulong* length, byte** bytes);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterLoadModelFromBuffer(BoosterHandle booster, byte* bytes, ulong length);

    [LibraryImport(XgboostLibrary.Name)]
    public static partial int XGBoosterSlice(BoosterHandle booster, int first, int end, int step, nint* slice);
}
