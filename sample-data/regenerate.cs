// Writes the data and the truth of the sample workspace anew. From the repository's root: dotnet run sample-data/regenerate.cs
#:project Warehouse.SampleData
#:property PublishAot=false

using Warehouse.SampleData;

var retail = Path.GetFullPath("sample-data/retail");
var totals = await RetailGenerator.GenerateAsync(
    new RetailOptions(), Path.Combine(retail, "data"), Path.Combine(retail, "truth"));
Console.WriteLine($"{totals.Files.Sum(file => file.Rows):N0} rows in {totals.Files.Count} files under {retail}");
