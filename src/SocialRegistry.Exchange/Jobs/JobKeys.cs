using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>The data key of each job: what waits in the database is as protected as the records it becomes.</summary>
internal sealed class JobKeys(IRecordProtection protection)
{
    private const string Class = "personal";

    public RecordKey Create(Guid job) => protection.Create(Context(job));

    public RecordKey Open(Job job) => protection.Open(Context(job.Id), job.KeyHead, job.KeyWrap);

    public static byte[] Protect(RecordKey key, string kind, int sequence, ReadOnlySpan<byte> clear) =>
        key.Protect(Field(kind, sequence), Class, clear);

    public static byte[] Unprotect(RecordKey key, string kind, int sequence, byte[] content) =>
        key.Unprotect(Field(kind, sequence), Class, content);

    private static RecordKeyContext Context(Guid job) => new("default", "import", job.ToString(), Class, 1);

    private static string Field(string kind, int sequence) => $"{kind}/{sequence}";
}
