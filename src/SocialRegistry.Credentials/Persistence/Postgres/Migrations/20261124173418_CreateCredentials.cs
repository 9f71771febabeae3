using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SocialRegistry.Credentials.Persistence.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class CreateCredentials : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(name: "credentials");

            migrationBuilder.CreateTable(
                name: "grants",
                schema: "credentials",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    registrant = table.Column<Guid>(type: "uuid", nullable: false),
                    configurations = table.Column<string>(
                        type: "character varying(2000)",
                        maxLength: 2000,
                        nullable: false
                    ),
                    identifiers = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued = table.Column<int>(type: "integer", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_grants", x => x.token_hash);
                }
            );

            migrationBuilder.CreateTable(
                name: "issued",
                schema: "credentials",
                columns: table => new
                {
                    registrant = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    offer = table.Column<Guid>(type: "uuid", nullable: false),
                    configuration = table.Column<string>(
                        type: "character varying(200)",
                        maxLength: 200,
                        nullable: false
                    ),
                    holder_key = table.Column<string>(type: "character varying(43)", maxLength: 43, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_issued", x => new { x.registrant, x.id });
                }
            );

            migrationBuilder.CreateTable(
                name: "offers",
                schema: "credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    reference_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    tx_code_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    tries_left = table.Column<int>(type: "integer", nullable: false),
                    registrant = table.Column<Guid>(type: "uuid", nullable: false),
                    configurations = table.Column<string>(
                        type: "character varying(2000)",
                        maxLength: 2000,
                        nullable: false
                    ),
                    offered_by = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    redeemed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_offers", x => x.id);
                }
            );

            migrationBuilder.CreateTable(
                name: "used_nonces",
                schema: "credentials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_used_nonces", x => x.id);
                }
            );

            migrationBuilder.CreateIndex(
                name: "IX_grants_expires_at",
                schema: "credentials",
                table: "grants",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_issued_id",
                schema: "credentials",
                table: "issued",
                column: "id",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_offers_code_hash",
                schema: "credentials",
                table: "offers",
                column: "code_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_offers_expires_at",
                schema: "credentials",
                table: "offers",
                column: "expires_at"
            );

            migrationBuilder.CreateIndex(
                name: "IX_offers_reference_hash",
                schema: "credentials",
                table: "offers",
                column: "reference_hash",
                unique: true
            );

            migrationBuilder.CreateIndex(
                name: "IX_used_nonces_expires_at",
                schema: "credentials",
                table: "used_nonces",
                column: "expires_at"
            );
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(name: "grants", schema: "credentials");

            migrationBuilder.DropTable(name: "issued", schema: "credentials");

            migrationBuilder.DropTable(name: "offers", schema: "credentials");

            migrationBuilder.DropTable(name: "used_nonces", schema: "credentials");
        }
    }
}
