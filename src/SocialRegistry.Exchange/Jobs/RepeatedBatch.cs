using System.Buffers.Binary;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>
/// The first batch after an interruption may have been stored already without being noted. Its records are found unchanged then: those
/// that have their first version and are younger than the job (a registrant id begins with its time) count as created by the job, which
/// they were. One that was updated just before the interruption counts as unchanged: its version does not tell by whom.
/// </summary>
internal static class RepeatedBatch
{
    public static ImportBatch Correct(ImportBatch batch, Job job) =>
        batch with
        {
            Results =
            [
                .. batch.Results.Select(row => WasCreated(row, job) ? row with { Action = ImportAction.Created } : row),
            ],
        };

    private static bool WasCreated(RowResult row, Job job) =>
        row is { Action: ImportAction.Unchanged, Version: 1, Id: { } id }
        && BinaryPrimitives.ReadInt64BigEndian(id.Value.ToByteArray(bigEndian: true)) >>> 16 >= job.CreatedAt;
}
