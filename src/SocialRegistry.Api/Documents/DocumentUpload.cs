using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Documents;

/// <summary>
/// The parts of an upload: <c>kind</c> and <c>description</c> first, then <c>file</c> as the last. The file is handed on as it arrives and
/// never stands on a disk, as the framework's own form reader would leave it.
/// </summary>
internal sealed class DocumentUpload
{
    private const int MaxText = 4_000;

    private DocumentUpload(NewDocument document, Stream content) => (Document, Content) = (document, content);

    public NewDocument Document { get; }

    public Stream Content { get; }

    public static Problem Unreadable { get; } =
        Problem.Invalid(
            "documents.upload_invalid",
            "Send multipart/form-data with the parts kind, description (may be absent) and, as the last, file with its name and media type."
        );

    /// <exception cref="InvalidDataException">Not multipart.</exception>
    public static async Task<Outcome<DocumentUpload>> ReadAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary
        )
        {
            return Unreadable;
        }

        var reader = new MultipartReader(boundary, request.Body)
        {
            HeadersCountLimit = 16,
            HeadersLengthLimit = 8 * 1024,
        };
        var texts = new Dictionary<string, string>();
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (
                !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name
            )
            {
                return Unreadable;
            }

            if (name == "file")
            {
                return ToUpload(section, disposition, texts, reader);
            }

            if (
                name is not ("kind" or "description")
                || await TextAsync(section.Body, cancellationToken) is not { } text
                || !texts.TryAdd(name, text)
            )
            {
                return Unreadable;
            }
        }

        return Unreadable;
    }

    private static Outcome<DocumentUpload> ToUpload(
        MultipartSection section,
        ContentDispositionHeaderValue disposition,
        Dictionary<string, string> texts,
        MultipartReader reader
    )
    {
        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        if (!texts.TryGetValue("kind", out var kind) || HeaderUtilities.RemoveQuotes(name).Value is not { } fileName)
        {
            return Unreadable;
        }

        var document = new NewDocument
        {
            Kind = kind,
            FileName = fileName,
            MediaType = MediaTypeHeaderValue.TryParse(section.ContentType, out var type)
                ? type.MediaType.Value!.ToLowerInvariant()
                : "",
            Description = texts.TryGetValue("description", out var text) && text.Length > 0 ? text : null,
        };
        return new DocumentUpload(document, new LastPart(section.Body, reader));
    }

    private static async Task<string?> TextAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxText + 1];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        try
        {
            return read > MaxText ? null : new UTF8Encoding(false, true).GetString(buffer, 0, read).Trim();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
