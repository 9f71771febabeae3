using Microsoft.Extensions.Configuration;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>The data key of each job: what waits in the database is as protected as the records it becomes.</summary>
/// <param name="configuration">Its <c>Registry:Tenant</c> is bound into what is protected, as the core does.</param>
internal sealed class JobKeys(IRecordProtection protection, IConfiguration configuration)
{
    private const string Class = "personal";

    public RecordKey Create(Guid job) => protection.Create(Context(job));

    public RecordKey Open(Job job) => protection.Open(Context(job.Id), job.KeyHead, job.KeyWrap);

    public static byte[] Protect(RecordKey key, string kind, int sequence, ReadOnlySpan<byte> clear) =>
        key.Protect(Field(kind, sequence), Class, clear);

    public static byte[] Unprotect(RecordKey key, string kind, int sequence, byte[] content) =>
        key.Unprotect(Field(kind, sequence), Class, content);

    private RecordKeyContext Context(Guid job) =>
        new(
            configuration["Registry:Tenant"] is { Length: > 0 } tenant ? tenant : "default",
            "import",
            job.ToString(),
            Class,
            1
        );

    private static string Field(string kind, int sequence) => $"{kind}/{sequence}";
}
