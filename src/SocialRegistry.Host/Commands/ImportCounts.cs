using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Host.Commands;

/// <summary>What became of the rows of an import.</summary>
internal sealed class ImportCounts
{
    public long Rows { get; private set; }

    public long Created { get; private set; }

    public long Updated { get; private set; }

    public long Unchanged { get; private set; }

    public long Parked { get; private set; }

    public void Add(ImportBatch batch)
    {
        Rows += batch.Results.Count;
        Created += batch.Results.Count(r => r.Action == ImportAction.Created);
        Updated += batch.Results.Count(r => r.Action == ImportAction.Updated);
        Unchanged += batch.Results.Count(r => r.Action == ImportAction.Unchanged);
        Parked += batch.Results.Count(r => r.Action is null);
    }

    public string ToText(CsvImportRequest request) =>
        $"{Rows:N0} rows: {Created:N0} created, {Updated:N0} updated, {Unchanged:N0} unchanged, {Parked:N0} parked"
        + (request.DryRun ? " (dry run: nothing was stored)" : "")
        + (Parked > 0 ? ". See --result for the reasons and --parked for the rows." : "");

    public string ToJson(CsvImportRequest request) =>
        new JsonObject
        {
            ["kind"] = request.Kind,
            ["dryRun"] = request.DryRun,
            ["rows"] = Rows,
            ["created"] = Created,
            ["updated"] = Updated,
            ["unchanged"] = Unchanged,
            ["parked"] = Parked,
        }.ToJsonString();
}
