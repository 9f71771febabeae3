using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Jobs;

namespace SocialRegistry.Exchange.Imports;

/// <summary>
/// Reads the parts of an upload as they arrive. The file goes into the database protected, piece by piece: it never stands in clear on a
/// disk, as the framework's own form reader would leave it.
/// </summary>
internal sealed class ImportUpload(JobStore store, long maxBytes)
{
    private const int MaxTextPart = 64 * 1024;

    private string? kind;
    private string mapping = "{}";
    private bool dryRun;
    private string? namedVersion;
    private Job? job;

    /// <summary>The job, not yet queued; or the problem, with nothing left behind.</summary>
    public async Task<Outcome<Job>> ReadAsync(HttpRequest request, Caller caller, CancellationToken cancellationToken)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
        {
            return ImportProblems.NoFile;
        }

        var id = Guid.Empty;
        try
        {
            var reader = new MultipartReader(boundary, request.Body)
            {
                HeadersCountLimit = 16,
                HeadersLengthLimit = 8 * 1024,
            };
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                var problem = await ReadPartAsync(section, caller, cancellationToken);
                id = job?.Id ?? id;
                if (problem is not null)
                {
                    await DropAsync(id);
                    return problem;
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            await DropAsync(id);
            return ImportProblems.NoFile;
        }
        catch
        {
            await DropAsync(id);
            throw;
        }

        if (job is null || kind is null)
        {
            await DropAsync(id);
            return job is null ? ImportProblems.NoFile : ImportProblems.Kind;
        }

        if (namedVersion is not null && kind is not (ImportKinds.Individual or ImportKinds.Group))
        {
            await DropAsync(id);
            return ImportProblems.NamedVersion;
        }

        job.Describe(kind, mapping, dryRun, namedVersion);
        return job;
    }

    private async Task<Problem?> ReadPartAsync(
        MultipartSection section,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (
            !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name
        )
        {
            return ImportProblems.NoFile;
        }

        if (name == "file")
        {
            if (job is not null)
            {
                return ImportProblems.NoFile;
            }

            var stored = await store.StoreAsync(caller, section.Body, maxBytes, cancellationToken);
            job = stored.Value;
            return stored.Problem;
        }

        var text = await TextAsync(section.Body, cancellationToken);
        switch (name)
        {
            case "kind" when text is ImportKinds.Areas && !caller.May(Permissions.WriteAreas):
                return ImportProblems.NotAllowed(Permissions.WriteAreas);
            case "kind" when text is not null && ImportKinds.All.Contains(text):
                kind = text;
                return null;
            case "kind":
                return ImportProblems.Kind;
            case "mapping":
                mapping = text ?? "";
                return IsMapping(mapping) ? null : ImportProblems.Mapping;
            case "mode":
                return text == "upsert" ? null : ImportProblems.Mode;
            case "dryRun" when bool.TryParse(text, out dryRun):
                return null;
            case "dryRun":
                return ImportProblems.DryRun;
            case "namedVersion" when !caller.May(Permissions.WriteVersions):
                return ImportProblems.NotAllowed(Permissions.WriteVersions);
            case "namedVersion" when text is { Length: > 0 and <= 60 }:
                namedVersion = text;
                return null;
            case "namedVersion":
                return ImportProblems.NamedVersion;
            default:
                return ImportProblems.UnknownPart(name.Length <= 100 ? name : name[..100]);
        }
    }

    private Task DropAsync(Guid id) =>
        id == Guid.Empty ? Task.CompletedTask : store.RemoveAsync(id, CancellationToken.None);

    private static bool IsMapping(string text)
    {
        try
        {
            var options = new JsonSerializerOptions { MaxDepth = 2, AllowDuplicateProperties = false };
            return JsonSerializer.Deserialize<Dictionary<string, string>>(text, options)?.Values.All(v => v is not null)
                == true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The text of a small part; <c>null</c> when it is too long or not UTF-8.</summary>
    private static async Task<string?> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxTextPart + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return read > MaxTextPart ? null : new UTF8Encoding(false, true).GetString(buffer, 0, read).Trim();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
