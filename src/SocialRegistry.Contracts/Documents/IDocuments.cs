namespace SocialRegistry.Contracts;

/// <summary>
/// Files that belong to a record, such as a scanned certificate. The word for them in field scopes, change log and disclosures is
/// <c>documents</c>.
/// </summary>
public interface IDocuments
{
    /// <summary>
    /// Stores a file, encrypted. Its content must be what its media type says. Nothing is stored when the content ends too early, is too
    /// large or is refused. Permission <c>documents:write</c>.
    /// </summary>
    /// <param name="content">Read to its end, at most to the limit.</param>
    Task<Outcome<DocumentView>> AddAsync(
        RegistrantId id,
        NewDocument document,
        Stream content,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The documents of a record, oldest first. Permission <c>documents:read</c>.</summary>
    Task<Outcome<IReadOnlyList<DocumentView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One document with its content, which the caller disposes of. Permission <c>documents:read</c>.</summary>
    Task<Outcome<DocumentContent>> OpenAsync(
        RegistrantId id,
        DocumentId document,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a document away with its content; the change log keeps that it was there. Permission <c>documents:write</c>.</summary>
    /// <param name="reason">1 to 500 characters.</param>
    Task<Outcome<Done>> RemoveAsync(
        RegistrantId id,
        DocumentId document,
        string reason,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>What is said of a file that is to be stored.</summary>
public sealed record NewDocument
{
    /// <summary>What it is, such as <c>birth_certificate</c>: lower-case letters, digits and underscores, up to 40.</summary>
    public required string Kind { get; init; }

    /// <summary>Its name, with the ending of its media type. 1 to 150 characters, no path.</summary>
    public required string FileName { get; init; }

    /// <summary>One of <see cref="DocumentTypes.All"/>; the content must be of it.</summary>
    public required string MediaType { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Description { get; init; }
}

/// <summary>A document without its content.</summary>
public sealed record DocumentView
{
    public required DocumentId Id { get; init; }

    public required string Kind { get; init; }

    public required string FileName { get; init; }

    public required string MediaType { get; init; }

    public string? Description { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Who added it; only for callers who may see every field.</summary>
    public string? AddedBy { get; init; }
}

/// <summary>A document while its content is read.</summary>
/// <param name="view">What is known of it.</param>
/// <param name="content">Forward only.</param>
public sealed class DocumentContent(DocumentView view, Stream content) : IAsyncDisposable
{
    public DocumentView View { get; } = view;

    public Stream Content { get; } = content;

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>Media types that a record takes, and the endings of their files.</summary>
public static class DocumentTypes
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string WebP = "image/webp";
    public const string Text = "text/plain";
    public const string Csv = "text/csv";

    /// <summary>The word for documents in field scopes.</summary>
    public const string Field = "documents";

    /// <summary>No deployment takes larger files, in bytes.</summary>
    public const int MaxBytes = 50 * 1024 * 1024;

    /// <summary>File endings, lower case, by media type.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } =
        new Dictionary<string, IReadOnlyList<string>>
        {
            [Pdf] = [".pdf"],
            [Jpeg] = [".jpg", ".jpeg"],
            [Png] = [".png"],
            [WebP] = [".webp"],
            [Text] = [".txt"],
            [Csv] = [".csv"],
        };
}
