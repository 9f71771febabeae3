using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal static class ImportBatches
{
    /// <summary>In bytes; leaves room for the message around the rows.</summary>
    private const int MaxBatch = 3 * 1024 * 1024;

    private const int MaxRows = 1_000;

    /// <summary>The requests that carry these rows. More rows than a call takes stay together, so that the core refuses them.</summary>
    public static IEnumerable<V1.ImportRegistrantsRequest> Of(IReadOnlyList<ImportRow> rows, bool dryRun)
    {
        var request = new V1.ImportRegistrantsRequest { DryRun = dryRun };
        var size = 0;
        foreach (var row in rows.Select(r => r.ToWire()))
        {
            var length = row.CalculateSize();
            if (size + length > MaxBatch && request.Rows.Count > 0 && rows.Count <= MaxRows)
            {
                yield return request;
                request = new V1.ImportRegistrantsRequest { DryRun = dryRun };
                size = 0;
            }

            request.Rows.Add(row);
            size += length;
        }

        yield return request;
    }
}
