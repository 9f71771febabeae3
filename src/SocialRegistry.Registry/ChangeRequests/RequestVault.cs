using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>What a request holds in the clear while a call works on it.</summary>
internal sealed record RequestContent(JsonElement Payload, string Reason);

/// <summary>A request with the cipher of its data keys.</summary>
internal sealed class OpenRequest(ChangeRequest row, RecordCipher cipher) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new() { MaxDepth = 64 };

    private RequestContent? content;

    public ChangeRequest Row => row;

    /// <summary>Absent when the keys are gone: the record was erased.</summary>
    public RequestContent? Content => content ??= Read();

    /// <summary>What is asked for.</summary>
    public Outcome<RequestedChange> Change =>
        Content is { } there ? PayloadReader.Read(row.Type, there.Payload) : ChangeRequestProblems.Erased;

    public static byte[] Seal(RecordCipher cipher, Guid request, string group, RequestContent content) =>
        cipher.SealBytes(group, ContentPath(request), JsonSerializer.SerializeToUtf8Bytes(content, Json));

    public byte[] SealComment(long version, string comment) =>
        cipher.SealBytes(
            row.ClassGroup,
            ChangeRequestEvent.CommentPath(row.Id, version),
            Encoding.UTF8.GetBytes(comment)
        );

    public string? Comment(ChangeRequestEvent step) =>
        step.Comment is { } tail
            ? Encoding.UTF8.GetString(
                cipher.OpenBytes(row.ClassGroup, ChangeRequestEvent.CommentPath(row.Id, step.Version), tail)
            )
            : null;

    public void Dispose() => cipher.Dispose();

    private RequestContent? Read()
    {
        try
        {
            return JsonSerializer.Deserialize<RequestContent>(
                cipher.OpenBytes(row.ClassGroup, ContentPath(row.Id), row.Content),
                Json
            );
        }
        catch (ProtectionException)
        {
            return null;
        }
    }

    private static string ContentPath(Guid request) => $"change-request/{request:D}/content";
}

/// <summary>Opens and seals requests with the data keys of the record they are about, or with their own when there is none yet.</summary>
internal sealed class RequestVault(RecordStore store)
{
    /// <summary>The kind of record that the keys of a request for a new registrant belong to.</summary>
    private const string OwnKind = "change-request";

    public async Task<OpenRequest> OpenAsync(
        RegistryDbContext db,
        ChangeRequest row,
        CancellationToken cancellationToken
    ) =>
        new(
            row,
            await CipherAsync(db, row.Id, row.SubjectId, row.SubjectKind, row.Epoch, row.MadeAt, cancellationToken)
        );

    /// <summary>A cipher over the keys that the content of a request stands under.</summary>
    public async Task<RecordCipher> CipherAsync(
        RegistryDbContext db,
        Guid request,
        Guid? subject,
        string kind,
        int epoch,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var owner = subject ?? request;
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == owner && k.Epoch == epoch)
            .ToListAsync(cancellationToken);
        return store.Cipher(
            new Registrant(new RegistrantId(owner), subject is null ? OwnKind : kind, now),
            epoch,
            keys
        );
    }

    /// <summary>The class group of a content: the most protected of its values.</summary>
    public static string GroupOf(RequestedChange change, string kind, Catalogue catalogue) =>
        change.FieldValues.Keys.Any(id => catalogue.Rule(kind, id)?.View.Class == FieldClass.Sensitive)
            ? RecordCipher.Sensitive
            : RecordCipher.Personal;

    /// <summary>Stores the keys that were made.</summary>
    public static void KeepKeys(RegistryDbContext db, RecordCipher cipher)
    {
        db.RecordKeys.AddRange(cipher.Made);
        cipher.Made.Clear();
    }
}
