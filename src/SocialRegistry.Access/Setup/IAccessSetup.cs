using SocialRegistry.Contracts;

namespace SocialRegistry.Access;

/// <summary>Applies a bootstrap file and makes the first administrator. For the start of a server, before it listens.</summary>
public interface IAccessSetup
{
    /// <summary>Largest bootstrap file, in bytes.</summary>
    const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Checks the file as <see cref="ApplyAsync"/> would, and changes nothing.</summary>
    /// <param name="catalogue">The catalogue as it will be when the file is applied.</param>
    Task<Outcome<Done>> CheckAsync(
        ReadOnlyMemory<byte> file,
        CatalogueView catalogue,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Applies the file in one transaction: all of it, or nothing and a problem that lists each wrong place by its JSON path.
    /// Applying it twice changes nothing; partners and accounts that it does not name stay as they are.
    /// </summary>
    /// <param name="file">The bytes of a file after <c>schemas/bootstrap.schema.json</c>, UTF-8.</param>
    Task<Outcome<AppliedBootstrap>> ApplyAsync(ReadOnlyMemory<byte> file, CancellationToken cancellationToken);

    /// <summary>Makes an administrator with a random one-time password when there is none. <c>null</c> when there was one.</summary>
    Task<FirstAdministrator?> EnsureAdministratorAsync(CancellationToken cancellationToken);
}

/// <summary>What a bootstrap file changed; all zero when it was applied before.</summary>
public sealed record AppliedBootstrap(int PartnersAdded, int PartnersChanged, int UsersAdded, int UsersChanged);

/// <summary>The administrator of a first start. To be shown on the console once and kept nowhere.</summary>
/// <param name="Password">For one sign-in: the session that it opens can only choose another password.</param>
public sealed record FirstAdministrator(string User, string Password);
