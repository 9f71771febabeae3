using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Short forms of calls.</summary>
public static class CatalogueCalls
{
    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<FieldDraftView>> DraftAsync(
        this ICatalogueChanges changes,
        FieldView field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.DraftAsync(field, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<Done>> WithdrawAsync(
        this ICatalogueChanges changes,
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.WithdrawAsync(field, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<FieldStatusView>> PublishAsync(
        this ICatalogueChanges changes,
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.PublishAsync(field, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<FieldStatusView>> RetireAsync(
        this ICatalogueChanges changes,
        FieldName field,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.RetireAsync(field, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<CodeListView>> PutCodeListAsync(
        this ICatalogueChanges changes,
        CodeListView list,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.PutCodeListAsync(list, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<CodeListView>> PutCodeAsync(
        this ICatalogueChanges changes,
        string list,
        CodeView code,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.PutCodeAsync(list, code, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="ICatalogueChanges"/>.</summary>
    public static Task<Outcome<IdentifierTypeView>> PutIdentifierTypeAsync(
        this ICatalogueChanges changes,
        IdentifierTypeView type,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return changes.PutIdentifierTypeAsync(type, WriteConditions.None, caller, cancellationToken);
    }
}

/// <summary>Short forms of calls.</summary>
public static class AreaCalls
{
    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaView>> CreateAsync(
        this IAreas areas,
        NewArea area,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.CreateAsync(area, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaView>> ChangeAsync(
        this IAreas areas,
        string code,
        AreaChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.ChangeAsync(code, change, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaView>> CloseAsync(
        this IAreas areas,
        string code,
        AreaClosing closing,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.CloseAsync(code, closing, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaView>> MoveAsync(
        this IAreas areas,
        string code,
        AreaMove move,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.MoveAsync(code, move, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaView>> SetBoundaryAsync(
        this IAreas areas,
        string code,
        long expectedVersion,
        JsonElement? boundary,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.SetBoundaryAsync(code, expectedVersion, boundary, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IAreas"/>.</summary>
    public static Task<Outcome<AreaLevelView>> SetLevelAsync(
        this IAreas areas,
        AreaLevelView level,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return areas.SetLevelAsync(level, WriteConditions.None, caller, cancellationToken);
    }
}

/// <summary>Short forms of calls.</summary>
public static class DocumentCalls
{
    /// <summary>Without conditions; see <see cref="IDocuments"/>.</summary>
    public static Task<Outcome<DocumentView>> AddAsync(
        this IDocuments documents,
        RegistrantId id,
        NewDocument document,
        Stream content,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return documents.AddAsync(id, document, content, WriteConditions.None, caller, cancellationToken);
    }

    /// <summary>Without conditions; see <see cref="IDocuments"/>.</summary>
    public static Task<Outcome<Done>> RemoveAsync(
        this IDocuments documents,
        RegistrantId id,
        DocumentId document,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        return documents.RemoveAsync(id, document, reason, WriteConditions.None, caller, cancellationToken);
    }
}
