using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>
/// The tree of administrative areas. It holds no personal data, so whoever is signed in may read it; changing it needs
/// <c>areas:write</c>. Areas are never deleted: they are closed, and what stands in old records keeps its meaning.
/// </summary>
public interface IAreas
{
    /// <summary>Areas that meet all that is asked, by code.</summary>
    Task<Outcome<Page<AreaView>>> ListAsync(
        AreaSelection query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One area with those above it.</summary>
    Task<Outcome<AreaView>> GetAsync(string code, Caller caller, CancellationToken cancellationToken);

    /// <summary>The GeoJSON boundary of an area; a problem when it has none.</summary>
    Task<Outcome<AreaBoundary>> GetBoundaryAsync(string code, Caller caller, CancellationToken cancellationToken);

    /// <summary>Who changed an area, newest first. Permission <c>areas:write</c>.</summary>
    Task<Outcome<Page<AreaHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Adds an area. Permission <c>areas:write</c>.</summary>
    Task<Outcome<AreaView>> CreateAsync(
        NewArea area,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Changes names, level, point or beginning. Permission <c>areas:write</c>.</summary>
    Task<Outcome<AreaView>> ChangeAsync(
        string code,
        AreaChange change,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Says until when an area holds; with it all below end. Permission <c>areas:write</c>.</summary>
    Task<Outcome<AreaView>> CloseAsync(
        string code,
        AreaClosing closing,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Puts an area, and with it all below, under another. Permission <c>areas:write</c>.</summary>
    Task<Outcome<AreaView>> MoveAsync(
        string code,
        AreaMove move,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Sets or removes the boundary. Permission <c>areas:write</c>.</summary>
    /// <param name="boundary">A GeoJSON Polygon or MultiPolygon (RFC 7946) of at most 1 MiB; absent removes.</param>
    Task<Outcome<AreaView>> SetBoundaryAsync(
        string code,
        long expectedVersion,
        JsonElement? boundary,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The levels that have names, by number.</summary>
    Task<Outcome<IReadOnlyList<AreaLevelView>>> ListLevelsAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Names a level. Once any level is named, areas take named levels only. Permission <c>areas:write</c>.</summary>
    Task<Outcome<AreaLevelView>> SetLevelAsync(
        AreaLevelView level,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Brings areas in by their codes: creates what is missing, changes what differs, leaves the rest alone. One outcome per row, in
    /// order; parents may stand behind their children. At most 1,000 rows a call. Permission <c>areas:write</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<Outcome<ImportedArea>>>> ImportAsync(
        IReadOnlyList<AreaRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>Bounds of the tree.</summary>
public static class AreaLimits
{
    /// <summary>Levels are numbered from 1 (the whole country, or its largest parts) to this.</summary>
    public const int MaxLevel = 12;

    /// <summary>Characters of a code: ASCII letters, digits and <c>. _ -</c>, the first a letter or digit.</summary>
    public const int MaxCodeLength = 40;

    /// <summary>Characters of a name.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Names of an area or a level, one a language.</summary>
    public const int MaxNames = 30;

    /// <summary>A boundary, in bytes of JSON.</summary>
    public const int MaxBoundaryBytes = 1024 * 1024;

    /// <summary>Rows of one import call.</summary>
    public const int MaxRows = 1_000;

    /// <summary>Codes asked for in one list.</summary>
    public const int MaxCodes = 100;
}
