using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Credentials.Persistence.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class CreateCredentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "credentials_grants",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    offer = table.Column<Guid>(type: "TEXT", nullable: false),
                    registrant = table.Column<Guid>(type: "TEXT", nullable: false),
                    configurations = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    identifiers = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    issued = table.Column<int>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credentials_grants", x => x.token_hash);
                }
            );

            migrationBuilder.CreateTable(
                name: "credentials_issued",
                columns: table => new
                {
                    registrant = table.Column<Guid>(type: "TEXT", nullable: false),
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    offer = table.Column<Guid>(type: "TEXT", nullable: false),
                    configuration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    holder_key = table.Column<string>(type: "TEXT", maxLength: 43, nullable: false),
                    issued_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credentials_issued", x => new { x.registrant, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "credentials_offers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    reference_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    code_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    tx_code_hash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: true),
                    tries_left = table.Column<int>(type: "INTEGER", nullable: false),
                    registrant = table.Column<Guid>(type: "TEXT", nullable: false),
                    configurations = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    offered_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    redeemed_at = table.Column<long>(type: "INTEGER", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credentials_offers", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "credentials_used_nonces",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_credentials_used_nonces", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_grants_expires_at",
                table: "credentials_grants",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_issued_id",
                table: "credentials_issued",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_offers_code_hash",
                table: "credentials_offers",
                column: "code_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_offers_expires_at",
                table: "credentials_offers",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_offers_reference_hash",
                table: "credentials_offers",
                column: "reference_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_credentials_used_nonces_expires_at",
                table: "credentials_used_nonces",
                column: "expires_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "credentials_grants");

            migrationBuilder.DropTable(name: "credentials_issued");

            migrationBuilder.DropTable(name: "credentials_offers");

            migrationBuilder.DropTable(name: "credentials_used_nonces");
        }
    }
}
