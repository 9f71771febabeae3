using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Documents;

/// <summary>The parts of an upload, in this order.</summary>
internal sealed record DocumentForm
{
    /// <summary>What it is, such as <c>birth_certificate</c>: lower-case letters, digits and underscores, up to 40.</summary>
    public required string Kind { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Description { get; init; }

    /// <summary>PDF, JPEG, PNG, WebP, plain text or CSV (both in UTF-8), with its name and media type. The last part.</summary>
    public required IFormFile File { get; init; }
}

/// <summary>Why a document is removed.</summary>
public sealed record RemoveDocumentQuery
{
    /// <summary>A code of lower-case letters and underscores, such as <c>wrong_person</c>: no free text stands in an address.</summary>
    [FromQuery(Name = "reason"), Required, RegularExpression("^[a-z_]{1,40}$")]
    public required string Reason { get; init; }
}

/// <summary>A document without its content.</summary>
public sealed record DocumentResponse
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string FileName { get; init; }

    public required string MediaType { get; init; }

    public string? Description { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset AddedAt { get; init; }

    public string? AddedBy { get; init; }

    /// <summary><c>true</c> in the answer to a dry run: nothing was stored, and the id is made up.</summary>
    public bool? DryRun { get; init; }

    internal static DocumentResponse From(DocumentView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            FileName = view.FileName,
            MediaType = view.MediaType,
            Description = view.Description,
            Size = view.Size,
            Sha256 = view.Sha256,
            AddedAt = view.AddedAt,
            AddedBy = view.AddedBy,
        };
}
